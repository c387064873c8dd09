package dev.mayfly.http;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The addresses and networks whose forwarding headers count. */
final class TrustedProxies {
    private final List<Network> networks;

    /**
     * @throws IllegalArgumentException for an entry that is neither an address nor a CIDR block
     */
    TrustedProxies(List<String> entries) {
        networks = new ArrayList<>();
        for (String entry : entries) {
            networks.add(Network.of(entry));
        }
    }

    /** {@return whether the peer that sent {@code head} is one of them} */
    boolean vouchFor(RequestHead head) {
        return !networks.isEmpty() && contain(head.remoteHost());
    }

    boolean contain(String address) {
        Optional<byte[]> bytes = literal(address);
        if (bytes.isEmpty()) {
            return false;
        }
        for (Network network : networks) {
            if (network.contains(bytes.get())) {
                return true;
            }
        }
        return false;
    }

    /** {@return the bytes of an IP address, IPv4 for mapped ones; nothing for any other text} */
    static Optional<byte[]> literal(String address) {
        try {
            return Optional.of(InetAddress.ofLiteral(address).getAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    // The bytes are private to this class and never written.
    @SuppressWarnings("ArrayRecordComponent")
    private record Network(byte[] address, int bits) {
        static Network of(String entry) {
            int slash = entry.indexOf('/');
            byte[] address =
                    literal(slash < 0 ? entry : entry.substring(0, slash))
                            .orElseThrow(() -> unreadable(entry));
            int bits = slash < 0 ? address.length * 8 : bits(entry, slash);
            if (bits < 0 || bits > address.length * 8) {
                throw unreadable(entry);
            }
            return new Network(address, bits);
        }

        private static int bits(String entry, int slash) {
            try {
                return Integer.parseInt(entry.substring(slash + 1));
            } catch (NumberFormatException e) {
                throw unreadable(entry);
            }
        }

        private static IllegalArgumentException unreadable(String entry) {
            return new IllegalArgumentException(
                    "trusted_proxies: " + entry + " (expected: an IP address or a CIDR block)");
        }

        boolean contains(byte[] other) {
            if (other.length != address.length) {
                return false;
            }
            for (int i = 0; i < bits; i++) {
                int mask = 0x80 >>> (i & 7);
                if ((other[i >>> 3] & mask) != (address[i >>> 3] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
