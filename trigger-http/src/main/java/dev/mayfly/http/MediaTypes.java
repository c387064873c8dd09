package dev.mayfly.http;

import static java.util.Map.entry;

import java.util.Locale;
import java.util.Map;

/** Media types by file extension; text is UTF-8. */
final class MediaTypes {
    private static final Map<String, String> BY_EXTENSION =
            Map.ofEntries(
                    entry("html", "text/html; charset=utf-8"),
                    entry("htm", "text/html; charset=utf-8"),
                    entry("css", "text/css; charset=utf-8"),
                    entry("js", "text/javascript; charset=utf-8"),
                    entry("mjs", "text/javascript; charset=utf-8"),
                    entry("txt", "text/plain; charset=utf-8"),
                    entry("md", "text/markdown; charset=utf-8"),
                    entry("csv", "text/csv; charset=utf-8"),
                    entry("xml", "application/xml; charset=utf-8"),
                    entry("atom", "application/atom+xml; charset=utf-8"),
                    entry("json", "application/json"),
                    entry("map", "application/json"),
                    entry("webmanifest", "application/manifest+json"),
                    entry("wasm", "application/wasm"),
                    entry("pdf", "application/pdf"),
                    entry("zip", "application/zip"),
                    entry("gz", "application/gzip"),
                    entry("svg", "image/svg+xml"),
                    entry("png", "image/png"),
                    entry("jpg", "image/jpeg"),
                    entry("jpeg", "image/jpeg"),
                    entry("gif", "image/gif"),
                    entry("webp", "image/webp"),
                    entry("avif", "image/avif"),
                    entry("ico", "image/x-icon"),
                    entry("woff", "font/woff"),
                    entry("woff2", "font/woff2"),
                    entry("ttf", "font/ttf"),
                    entry("otf", "font/otf"),
                    entry("mp3", "audio/mpeg"),
                    entry("ogg", "audio/ogg"),
                    entry("wav", "audio/wav"),
                    entry("mp4", "video/mp4"),
                    entry("webm", "video/webm"));

    private MediaTypes() {}

    static String of(String fileName) {
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1);
        return BY_EXTENSION.getOrDefault(
                extension.toLowerCase(Locale.ROOT), "application/octet-stream");
    }
}
