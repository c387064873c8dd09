package dev.mayfly.http;

import dev.mayfly.http.ResponseHead.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fields of a file's answer. */
final class FileFields {
    private final Answers answers;
    private final List<Field> fields = new ArrayList<>();

    FileFields(Answers answers) {
        this.answers = answers;
    }

    List<Field> of(Representation file, FileReply reply, Optional<String> cacheControl) {
        if (reply.status() == 416) {
            add("content-range", "bytes */" + file.size());
            return fields;
        }
        if (reply.status() != 404) {
            add("etag", file.etag());
            add("last-modified", HttpDate.write(file.lastModified()));
            add("accept-ranges", "bytes");
            cacheControl.ifPresent(value -> add("cache-control", Escapes.asBytes(value)));
        }
        if (file.varies()) {
            add("vary", "accept-encoding");
        }
        if (reply.status() != 304) {
            content(file, reply);
        }
        return fields;
    }

    private void content(Representation file, FileReply reply) {
        add("content-type", file.mediaType());
        file.coding().ifPresent(coding -> add("content-encoding", coding));
        if (reply.status() == 206) {
            long last = reply.offset() + reply.length() - 1;
            add("content-range", "bytes " + reply.offset() + "-" + last + "/" + file.size());
        }
    }

    private void add(String name, String value) {
        fields.add(answers.field(name, value));
    }
}
