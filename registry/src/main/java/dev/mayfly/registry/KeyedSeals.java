package dev.mayfly.registry;

import java.util.Base64;

/** A line is the key's id, a dot, and in Base64 what the keyring makes of the text. */
record KeyedSeals(Keyring keys) implements Seals {
    /** No app has this name, so no row of a secret opens as a line, nor the other way round. */
    private static final String NO_APP = "";

    @Override
    public String seal(String label, String text) {
        Keyring.Sealed sealed = keys.seal(NO_APP, label, text);
        return sealed.keyId() + "." + Base64.getEncoder().encodeToString(sealed.bytes());
    }

    @Override
    public String open(String label, String sealed) {
        int dot = sealed.indexOf('.');
        try {
            byte[] bytes = Base64.getDecoder().decode(sealed.substring(dot + 1).strip());
            String keyId = sealed.substring(0, Math.max(0, dot));
            return keys.open(new SecretRow(NO_APP, label, keyId, bytes));
        } catch (IllegalArgumentException e) {
            throw new UnavailableException(
                    UnavailableException.Reason.REFUSED, label + " is damaged", e);
        }
    }

    @Override
    public String toString() {
        return "KeyedSeals";
    }
}
