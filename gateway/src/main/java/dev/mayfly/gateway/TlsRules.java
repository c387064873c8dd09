package dev.mayfly.gateway;

import dev.mayfly.gateway.ServerSettings.Tls;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What has to be true of a listener's TLS settings together.
 *
 * @param table {@code tls} or {@code admin.tls}
 * @param certificates as given
 * @param keys as given
 * @param clientAuthority as given
 */
record TlsRules(
        String table, List<Path> certificates, List<Path> keys, Optional<Path> clientAuthority) {
    /** {@return the settings; without certificates if there are not as many keys} */
    Tls settings() {
        List<Tls.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < certificates.size() && certificates.size() == keys.size(); i++) {
            pairs.add(new Tls.Pair(certificates.get(i), keys.get(i)));
        }
        return new Tls(pairs, clientAuthority);
    }

    /**
     * {@return what is wrong, if anything is}
     *
     * @param given every key that some source gave
     */
    Optional<Problem> problem(Set<String> given) {
        if (certificates.size() != keys.size()) {
            return problem(
                    table + ".key",
                    keys.size() + " keys for " + certificates.size() + " certificates",
                    "name a key for each certificate in " + table + ".certificate, in its order");
        }
        if (certificates.isEmpty() && given.contains("tls.listen") && table.equals("tls")) {
            return problem(
                    "tls.listen",
                    "there is no certificate to listen with",
                    "name tls.certificate and tls.key, or remove tls.listen");
        }
        if (certificates.isEmpty() && clientAuthority.isPresent()) {
            return problem(
                    table + ".client_authority",
                    "clients show certificates over TLS only",
                    "name " + table + ".certificate and " + table + ".key as well");
        }
        if (!certificates.isEmpty() && table.equals("tls") && !given.contains("tls.listen")) {
            return problem(
                    "tls.certificate",
                    "nothing listens with it",
                    "set tls.listen to where requests come in over TLS, such as :443");
        }
        return unreadable();
    }

    private Optional<Problem> unreadable() {
        try {
            new TlsFiles(settings()).check();
            return Optional.empty();
        } catch (IOException e) {
            return problem(
                    table,
                    String.valueOf(e.getMessage()),
                    "mend or replace the file, or name another in " + table);
        }
    }

    private static Optional<Problem> problem(String key, String message, String mend) {
        return Optional.of(new Problem(0, 0, key, message, mend));
    }
}
