package dev.mayfly.server;

/** Who may call an endpoint. */
enum Access {
    /** Anybody. */
    OPEN("none"),
    /** Any token; what it may not read is left out. */
    ANY("any token"),
    /** A token that may read the app. */
    READ("read"),
    /** A token that may read every app. */
    READ_ALL("read of every app"),
    /** A token that may change the app. */
    DEPLOY("deploy:<app>"),
    /** A token that may change some app. */
    ANY_DEPLOY("deploy of any app"),
    /** One that may read the app of the query; without one, an administrator's. */
    READ_OR_ADMIN("read with app, else admin"),
    /** An administrator's. */
    ADMIN("admin");

    private final String text;

    Access(String text) {
        this.text = text;
    }

    /** {@return as the documents say it} */
    String text() {
        return text;
    }
}
