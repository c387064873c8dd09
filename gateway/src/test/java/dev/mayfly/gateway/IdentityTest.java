package dev.mayfly.gateway;

import static dev.mayfly.guests.MadeCertificate.pem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.guests.MadeCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PEM files as they are found. */
class IdentityTest {
    private static final int RUNS = Integer.getInteger("mayfly.fuzz.runs", 300);

    @TempDir static Path folder;
    private static MadeCertificate ec;
    private static MadeCertificate rsa;
    private static MadeCertificate eddsa;

    @BeforeAll
    static void make() throws IOException {
        ec = MadeCertificate.make(folder, "ec", "EC", "a.example");
        rsa = MadeCertificate.make(folder, "rsa", "RSA", "a.example");
        eddsa = MadeCertificate.make(folder, "eddsa", "Ed25519", "a.example");
    }

    private static byte[] pkcs8(MadeCertificate made) throws IOException {
        return PemText.read(made.key()).getFirst().bytes();
    }

    /** What PKCS#8 has in its octet string: the key in the older form of its algorithm. */
    private static byte[] older(byte[] pkcs8) {
        int at = content(pkcs8, 0);
        at = end(pkcs8, at); // the version
        at = end(pkcs8, at); // the algorithm
        return Arrays.copyOfRange(pkcs8, content(pkcs8, at), end(pkcs8, at));
    }

    private static int content(byte[] der, int at) {
        int length = der[at + 1] & 0xff;
        return at + 2 + (length < 0x80 ? 0 : length & 0x7f);
    }

    private static int end(byte[] der, int at) {
        int content = content(der, at);
        if (content == at + 2) {
            return content + der[at + 1];
        }
        int length = 0;
        for (int i = at + 2; i < content; i++) {
            length = (length << 8) | (der[i] & 0xff);
        }
        return content + length;
    }

    private static Path key(String label, byte[] bytes) throws IOException {
        return Files.writeString(folder.resolve("some.key"), pem(label, bytes));
    }

    @Test
    void aKeyIsReadInEachOfItsForms() throws IOException {
        for (MadeCertificate made : new MadeCertificate[] {ec, rsa, eddsa}) {
            assertThat(Identity.read(made.certificate(), made.key()).chain()).hasSize(1);
        }
        Path pkcs1 = key("RSA PRIVATE KEY", older(pkcs8(rsa)));
        assertThat(Identity.read(rsa.certificate(), pkcs1).key().getEncoded())
                .isEqualTo(pkcs8(rsa));
        Path sec1 = key("EC PRIVATE KEY", older(pkcs8(ec)));
        assertThat(Identity.read(ec.certificate(), sec1).key().getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void whatStandsAroundTheBlocksIsPassedOver() throws IOException {
        String text =
                "subject=CN = ec\n"
                        + Files.readString(ec.certificate())
                        + "issuer=\n"
                        + Files.readString(rsa.certificate());
        Path chain = Files.writeString(folder.resolve("chain.pem"), text);
        assertThat(Identity.read(chain, ec.key()).chain()).hasSize(2);
        Path both =
                Files.writeString(
                        folder.resolve("both.pem"),
                        Files.readString(ec.key()) + Files.readString(ec.certificate()));
        assertThat(Identity.read(both, both).chain()).hasSize(1);
    }

    private static void refused(Path certificate, Path key, String... says) {
        assertThatThrownBy(() -> Identity.read(certificate, key))
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(says);
    }

    @Test
    void whatCannotBeUsedIsNamedWithWhatWasExpected() throws IOException {
        Path none = folder.resolve("none.pem");
        refused(none, ec.key(), none.toString(), "is not there");
        refused(ec.key(), ec.key(), "has no certificate", "BEGIN CERTIFICATE");
        refused(ec.certificate(), ec.certificate(), "has no private key");
        refused(ec.certificate(), rsa.key(), rsa.key().toString(), "expected: EC");
        Path other = MadeCertificate.make(folder, "other", "EC", "b.example").key();
        refused(ec.certificate(), other, other.toString(), "does not belong");
        refused(
                ec.certificate(),
                key("ENCRYPTED PRIVATE KEY", new byte[50]),
                "is encrypted",
                "openssl pkey");
        refused(ec.certificate(), key("EC PRIVATE KEY", new byte[50]), "some.key");
        Path broken =
                Files.writeString(folder.resolve("broken.pem"), pem("CERTIFICATE", new byte[9]));
        refused(broken, ec.key(), "damaged certificate");
    }

    @Test
    void hostileFilesAreRefusedAndNeverThrowAnythingElse() throws IOException {
        long seed = Long.getLong("mayfly.fuzz.seed", new Random().nextLong());
        System.out.println("PEM files: -Dmayfly.fuzz.seed=" + seed);
        Random random = new Random(seed);
        byte[][] good = {
            Files.readAllBytes(ec.certificate()),
            Files.readAllBytes(ec.key()),
            Files.readAllBytes(key("RSA PRIVATE KEY", older(pkcs8(rsa))))
        };
        int taken = 0;
        for (int i = 0; i < RUNS; i++) {
            byte[] bytes = good[random.nextInt(good.length)].clone();
            for (int j = 0; j <= random.nextInt(3); j++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(128);
            }
            Path hostile = Files.write(folder.resolve("hostile.pem"), bytes);
            taken += taken(hostile, ec.key()) + taken(ec.certificate(), hostile);
        }
        System.out.println("PEM files: " + taken + " of " + 2 * RUNS + " could be used");
    }

    private static int taken(Path certificate, Path key) {
        try {
            Identity read = Identity.read(certificate, key);
            assertThat(read.chain()).isNotEmpty();
            return 1;
        } catch (IOException e) {
            assertThat(e).hasMessageContaining(folder.toString());
            return 0;
        }
    }
}
