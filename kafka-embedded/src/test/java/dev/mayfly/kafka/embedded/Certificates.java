package dev.mayfly.kafka.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority, a broker and a client, made by the JDK's own keytool. */
final class Certificates {
    private Certificates() {}

    static void write(Path folder, String password) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        pair(folder, password, "authority", "-ext", "bc:c");
        Path authority = folder.resolve("authority.pem");
        keytool(
                folder,
                password,
                "authority",
                "-exportcert",
                "-rfc",
                "-file",
                authority.toString());
        for (String name : List.of("broker", "client")) {
            pair(folder, password, name, "-ext", "san=ip:127.0.0.1,dns:localhost");
            sign(folder, password, name);
        }
        writeKey(folder, password);
    }

    private static void pair(Path folder, String password, String name, String... more)
            throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("-genkeypair", "-keyalg", "EC", "-dname", "CN=" + name));
        arguments.addAll(List.of(more));
        keytool(folder, password, name, arguments.toArray(String[]::new));
    }

    private static void sign(Path folder, String password, String name)
            throws IOException, InterruptedException {
        String request = folder.resolve(name + ".csr").toString();
        String certificate = folder.resolve(name + ".pem").toString();
        keytool(folder, password, name, "-certreq", "-file", request);
        keytool(
                folder,
                password,
                "authority",
                "-gencert",
                "-rfc",
                "-infile",
                request,
                "-outfile",
                certificate,
                "-ext",
                "san=ip:127.0.0.1,dns:localhost");
        Path store = folder.resolve(name + ".p12");
        run(
                List.of(
                        "-importcert",
                        "-noprompt",
                        "-alias",
                        "authority",
                        "-file",
                        folder.resolve("authority.pem").toString(),
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        password));
        keytool(folder, password, name, "-importcert", "-file", certificate);
    }

    private static void writeKey(Path folder, String password) throws IOException {
        try (InputStream in = Files.newInputStream(folder.resolve("client.p12"))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password.toCharArray());
            Key key = store.getKey("client", password.toCharArray());
            String text =
                    Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                            .encodeToString(key.getEncoded());
            Files.writeString(
                    folder.resolve("client.key"),
                    "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private static void keytool(Path folder, String password, String name, String... arguments)
            throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(
                List.of(
                        "-alias",
                        name,
                        "-keystore",
                        folder.resolve(name + ".p12").toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        password));
        run(all);
    }

    private static void run(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(said);
        }
    }
}
