package dev.mayfly.server;

import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.gateway.ServerSettings.Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What this gateway is called by the others. Any thread. */
final class Self {
    private final String id = UUID.randomUUID().toString();
    private final String name =
            machine(InetAddress::getHostName, "pid-" + ProcessHandle.current().pid());
    private final Optional<URI> advertised;
    private final boolean secure;

    private volatile @Nullable Address admin;

    Self(ServerSettings settings) {
        advertised = settings.control().advertise();
        secure = settings.transport().adminTls().isOn();
    }

    void administersAt(Address address) {
        admin = address;
    }

    /** New at each start. */
    String id() {
        return id;
    }

    /** Of its machine, for people. */
    String name() {
        return name;
    }

    /** Where the others reach its admin API; empty before it listens. */
    String admin() {
        Address address = admin;
        return advertised
                .map(URI::toString)
                .orElseGet(() ->
                        address == null
                                ? ""
                                : (secure ? "https://" : "http://") + reached(address));
    }

    /** As {@link GatewayPlace#key()}. */
    String key() {
        String at = admin();
        return at.isEmpty() ? id : at;
    }

    /** Every address is none that others could use: the machine's own is. */
    private static Address reached(Address address) {
        boolean everywhere = address.host().equals("0.0.0.0") || address.host().equals("::");
        return everywhere
                ? new Address(machine(InetAddress::getHostAddress, "127.0.0.1"), address.port())
                : address;
    }

    /** A machine may be without a name; it has a process all the same. */
    private static String machine(Function<InetAddress, String> question, String otherwise) {
        try {
            return question.apply(InetAddress.getLocalHost());
        } catch (UnknownHostException _) {
            return otherwise;
        }
    }
}
