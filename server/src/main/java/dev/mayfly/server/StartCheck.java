package dev.mayfly.server;

import dev.mayfly.gateway.Brokers;
import dev.mayfly.gateway.Machine;
import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.gateway.ServerSettings.Address;
import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.RegistryCheck;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at everything that a start needs: folders, ports, the database, the brokers, the machine.
 * Nothing is started, and nothing is left behind. One thread, once.
 */
final class StartCheck {
    private final ServerSettings settings;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();

    StartCheck(ServerSettings settings) {
        this.settings = settings;
    }

    ServerCheck run() {
        ServerSettings.Control control = settings.control();
        folder("data.folder", control.data());
        folder("cache.folder", settings.guests().cache().folder());
        folder("spool.folder", settings.spool().folder());
        settings.logs().stored().folder().ifPresent(folder -> folder("logs.folder", folder));
        lock(control.data());
        ports();
        registry(Registry.check(RegistryStart.settings(control, control.data())));
        brokers();
        warnings.addAll(Machine.here().shortages(settings));
        return new ServerCheck(problems, warnings);
    }

    private void registry(RegistryCheck check) {
        check.keys().ifPresent(flaw -> problem("secrets.keys", flaw, "give each as it was made"));
        check.database()
                .ifPresent(flaw ->
                        problem(
                                "database.url",
                                flaw,
                                "correct the address, or see that the database runs and is reached"
                                        + " from here"));
    }

    private void problem(String key, String message, String mend) {
        problems.add(new Problem(0, 0, key, message, mend));
    }

    /** One that is not there is made at the start: then what it would be made in counts. */
    private void folder(String key, Path wanted) {
        Path folder = wanted.toAbsolutePath();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        try {
            Files.delete(Files.createTempFile(folder, ".mayfly-check", ""));
        } catch (IOException e) {
            problem(
                    key,
                    wanted + " cannot be written: " + reason(e),
                    "name another folder, or give this user the right to write there");
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            case FileSystemException file when file.getReason() != null ->
                    file.getFile() + ": " + file.getReason();
            default -> failure.toString();
        };
    }

    private void lock(Path data) {
        Path lock = data.resolve(DataFolder.LOCK);
        if (!Files.exists(lock)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                taken(data);
            }
        } catch (OverlappingFileLockException _) { // by this very process
            taken(data);
        } catch (IOException e) {
            problem("data.folder", lock + " cannot be used: " + reason(e), "correct its owner");
        }
    }

    private void taken(Path data) {
        problem(
                "data.folder",
                "another server uses " + data,
                "stop it, or give this one a data.folder of its own");
    }

    /** All at once, so that two settings of the same port are found as well. */
    private void ports() {
        List<ServerSocketChannel> taken = new ArrayList<>();
        try {
            port("listen", settings.listen(), taken);
            settings.adminListen().ifPresent(at -> port("admin_listen", at, taken));
            settings.transport().tlsListen().ifPresent(at -> port("tls.listen", at, taken));
        } finally {
            taken.forEach(StartCheck::release);
        }
    }

    private void port(String key, Address address, List<ServerSocketChannel> taken) {
        @Nullable ServerSocketChannel channel = null;
        try {
            channel = ServerSocketChannel.open();
            channel.bind(new InetSocketAddress(address.host(), address.port()));
            taken.add(channel);
        } catch (IOException | UnresolvedAddressException e) {
            if (channel != null) {
                release(channel);
            }
            String why =
                    e instanceof UnresolvedAddressException
                            ? "there is no such host"
                            : String.valueOf(e.getMessage());
            problem(
                    key,
                    address + " cannot be listened on: " + why,
                    "stop who listens there, or name another address; port 0 takes a free one");
        }
    }

    private static void release(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("a port that was tried is not let go", e);
        }
    }

    /** A server starts without them, and waits. */
    private void brokers() {
        Brokers.of(settings)
                .obstacle()
                .ifPresent(obstacle ->
                        warnings.add(
                                new Problem(
                                        0,
                                        0,
                                        "kafka.brokers",
                                        "no broker can be reached: " + obstacle,
                                        "correct the addresses, or see that a broker runs and is reached from here")));
    }
}
