package dev.mayfly.gateway;

import dev.mayfly.gateway.ServerSettings.Address;
import java.util.Optional;

/**
 * A port that requests come in by.
 *
 * @param address where
 * @param tls what it is secured with, if it is
 */
record ListenPort(Address address, Optional<TlsFiles> tls) {
    static ListenPort plain(Address address) {
        return new ListenPort(address, Optional.empty());
    }

    /** Secured where {@code tls} names certificates. */
    static ListenPort of(Address address, ServerSettings.Tls tls) {
        return new ListenPort(
                address, tls.isOn() ? Optional.of(new TlsFiles(tls)) : Optional.empty());
    }
}
