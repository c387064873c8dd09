package dev.mayfly.http;

/**
 * Which header fields pass between clients and functions; docs/contract.md. Names are lower-case.
 */
final class CgiFields {
    private CgiFields() {}

    /** {@return whether a response field is the gateway's to send, or nobody's} */
    static boolean belongToGateway(String name) {
        return switch (name) {
            case "connection",
                    "keep-alive",
                    "proxy-authenticate",
                    "proxy-authorization",
                    "proxy-connection",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "content-length",
                    "status",
                    "date",
                    "server",
                    "x-request-id" ->
                    true;
            default -> false;
        };
    }

    /**
     * {@return whether a request field becomes a variable; the fields that {@code Connection} names
     * are left out elsewhere}
     */
    static boolean reachFunction(CharSequence name) {
        if (!isVariable(name)) {
            return false;
        }
        return switch (name.length()) {
            case 2 -> !Octets.sameIgnoringCase(name, "te");
            case 5 -> !Octets.sameIgnoringCase(name, "proxy");
            case 7 ->
                    !Octets.sameIgnoringCase(name, "trailer")
                            && !Octets.sameIgnoringCase(name, "upgrade");
            case 10 ->
                    !Octets.sameIgnoringCase(name, "connection")
                            && !Octets.sameIgnoringCase(name, "keep-alive");
            case 17 -> !Octets.sameIgnoringCase(name, "transfer-encoding");
            default -> true;
        };
    }

    /** No underscore, so that {@code X_Foo} never poses as {@code X-Foo}. */
    private static boolean isVariable(CharSequence name) {
        for (int i = 0; i < name.length(); i++) {
            if (Octets.variable(name.charAt(i)) == 0) {
                return false;
            }
        }
        return !name.isEmpty()
                && !(name.length() >= 9
                        && Octets.sameIgnoringCase(name.subSequence(0, 9), "x-mayfly-"));
    }

    /** {@return whether a redirect, which has no body, leaves the field out} */
    static boolean describesBody(CharSequence name) {
        return switch (name.length()) {
            case 6 -> Octets.sameIgnoringCase(name, "expect");
            case 12 -> Octets.sameIgnoringCase(name, "content-type");
            case 14 -> Octets.sameIgnoringCase(name, "content-length");
            case 16 -> Octets.sameIgnoringCase(name, "content-encoding");
            default -> false;
        };
    }
}
