package dev.mayfly.gateway;

/** What requests ended with, told apart by the first digit of the status. */
public enum StatusClass {
    /** No answer: the client had gone. */
    NONE("none"),
    /** 1xx. */
    INFORMATIONAL("1xx"),
    /** 2xx. */
    SUCCESS("2xx"),
    /** 3xx. */
    REDIRECTION("3xx"),
    /** 4xx. */
    CLIENT_ERROR("4xx"),
    /** 5xx. */
    SERVER_ERROR("5xx");

    /** What is noted when the client went away first. */
    private static final int CLIENT_GONE = 499;

    private static final StatusClass[] BY_DIGIT = values();

    private final String label;

    StatusClass(String label) {
        this.label = label;
    }

    /** {@return as in {@code 2xx}} */
    public String label() {
        return label;
    }

    /** {@return its place in arrays of counts, which nobody keeps} */
    @SuppressWarnings("EnumOrdinal")
    int place() {
        return ordinal();
    }

    boolean isError() {
        return this == CLIENT_ERROR || this == SERVER_ERROR;
    }

    static StatusClass of(int status) {
        int digit = status / 100;
        return status == CLIENT_GONE || digit < 1 || digit > 5 ? NONE : BY_DIGIT[digit];
    }
}
