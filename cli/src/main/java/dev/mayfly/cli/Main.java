package dev.mayfly.cli;

/** The {@code mayfly} command. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and ends the process with its exit code.
     *
     * @param arguments as typed
     */
    public static void main(String[] arguments) {
        // Read once, by the first HTTP client; mayfly invoke asks for apps by their hosts.
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        System.exit(Mayfly.commandLine(Surroundings.ofProcess(), arguments).execute(arguments));
    }
}
