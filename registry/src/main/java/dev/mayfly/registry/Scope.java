package dev.mayfly.registry;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a token may do. The wider contains the narrower: {@code admin} everything, {@code deploy:*}
 * every app, {@code deploy:<app>} one; {@code read} may look at every app and change none.
 *
 * @param right what
 * @param app for {@link Right#DEPLOY}: which, or {@code *}; else empty
 */
public record Scope(Right right, String app) {
    /** Everything. */
    public static final Scope ADMIN = new Scope(Right.ADMIN, "");

    /** Looking at every app. */
    public static final Scope READ = new Scope(Right.READ, "");

    private static final Pattern DEPLOY = Pattern.compile("deploy:(\\*|[a-z0-9][a-z0-9-]{0,62})");

    /** Kinds of scopes. */
    public enum Right {
        /** Everything, tokens included. */
        ADMIN,
        /** Changing an app and looking at it. */
        DEPLOY,
        /** Looking at everything but secrets. */
        READ
    }

    /**
     * {@return changing one app}
     *
     * @param app its name, or {@code *} for every
     */
    public static Scope deploy(String app) {
        return new Scope(Right.DEPLOY, app);
    }

    /**
     * {@return the scope that is written so}
     *
     * @param text {@code admin}, {@code read}, {@code deploy:*} or {@code deploy:<app>}
     */
    public static Scope parse(String text) {
        Matcher deploy = DEPLOY.matcher(text);
        return switch (text) {
            case "admin" -> ADMIN;
            case "read" -> READ;
            default -> {
                if (!deploy.matches()) {
                    throw new IllegalArgumentException(
                            "scope \""
                                    + text
                                    + "\" (expected: admin, read, deploy:* or deploy:<app>)");
                }
                yield deploy(deploy.group(1));
            }
        };
    }

    /**
     * {@return whether it allows to change an app}
     *
     * @param name of the app
     */
    public boolean mayDeploy(String name) {
        return right == Right.ADMIN
                || (right == Right.DEPLOY && (app.equals("*") || app.equals(name)));
    }

    /**
     * {@return whether it allows to look at an app}
     *
     * @param name of the app
     */
    public boolean mayRead(String name) {
        return right == Right.READ || mayDeploy(name);
    }

    /** {@return as it is written} */
    @Override
    public String toString() {
        return switch (right) {
            case ADMIN -> "admin";
            case READ -> "read";
            case DEPLOY -> "deploy:" + app;
        };
    }
}
