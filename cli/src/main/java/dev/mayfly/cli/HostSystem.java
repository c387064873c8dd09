package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** A family of systems, by how programs are installed on it. */
enum HostSystem {
    /** Debian, Ubuntu and what is made of them. */
    DEBIAN("apt-get install"),
    /** Fedora and its relatives. */
    FEDORA("dnf install"),
    ALPINE("apk add"),
    MACOS("brew install"),
    /** One whose way is not known: what is missing is named. */
    OTHER("install");

    private static final Path RELEASE = Path.of("/etc/os-release");

    private final String installing;

    HostSystem(String installing) {
        this.installing = installing;
    }

    /** {@return that of this machine} */
    static HostSystem ofMachine() throws IOException {
        String release = Files.isReadable(RELEASE) ? Files.readString(RELEASE) : "";
        return of(System.getProperty("os.name", ""), release);
    }

    /**
     * {@return the one that is described}
     *
     * @param osName as Java has it
     * @param release the text of /etc/os-release; empty if there is none
     */
    static HostSystem of(String osName, String release) {
        if (osName.toLowerCase(Locale.ROOT).startsWith("mac")) {
            return MACOS;
        }
        String ids =
                release.lines()
                        .filter(line -> line.startsWith("ID=") || line.startsWith("ID_LIKE="))
                        .reduce("", (all, line) -> all + " " + line.replaceAll("^.*=|\"", ""));
        for (String id : ids.strip().split(" ", -1)) {
            switch (id) {
                case "debian", "ubuntu" -> {
                    return DEBIAN;
                }
                case "fedora", "rhel", "centos" -> {
                    return FEDORA;
                }
                case "alpine" -> {
                    return ALPINE;
                }
                default -> {}
            }
        }
        return OTHER;
    }

    /** {@return the command that installs these packages; Homebrew's is no business of root's} */
    String install(String packages) {
        boolean isRoot = System.getProperty("user.name", "").equals("root");
        return (this == MACOS || this == OTHER || isRoot ? "" : "sudo ")
                + installing
                + " "
                + packages;
    }
}
