package dev.mayfly.http;

/**
 * What the answers of one trigger share.
 *
 * @param settings of the server
 * @param answers sends what is known whole
 * @param ids makes trace ids
 * @param files compressed forms of files
 */
record Wiring(HttpSettings settings, Answers answers, RequestIds ids, CompressedFiles files) {
    /** {@return whether what is the same for everybody is compressed} */
    boolean compressesStatic() {
        return settings.compression() != Compression.OFF;
    }

    /** {@return whether what functions answer is compressed} */
    boolean compressesAll() {
        return settings.compression() == Compression.ALL;
    }
}
