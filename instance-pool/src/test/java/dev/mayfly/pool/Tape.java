package dev.mayfly.pool;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An invocation that gives what it was given and keeps what the guest wrote. */
class Tape implements Invocation {
    private final byte[] input;
    private final List<String> environment;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final List<String> log = new ArrayList<>();
    private int read;

    Tape(byte[] input, String... environment) {
        this.input = input;
        this.environment = Arrays.asList(environment);
    }

    static Tape empty() {
        return new Tape(new byte[0]);
    }

    byte[] output() {
        return output.toByteArray();
    }

    String text() {
        return output.toString(StandardCharsets.UTF_8);
    }

    List<String> log() {
        return log;
    }

    @Override
    public String requestId() {
        return "tape";
    }

    @Override
    public void environment(StringBlock block) {
        environment.forEach(each -> put(each, block));
    }

    @Override
    public void arguments(StringBlock block) {
        put("tape", block);
    }

    private static void put(String text, StringBlock block) {
        byte[] bytes = (text + '\0').getBytes(StandardCharsets.UTF_8);
        byte[] room = block.room(bytes.length);
        System.arraycopy(bytes, 0, room, block.end(), bytes.length);
        block.accept(bytes.length);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException, InterruptedException {
        int count = Math.min(length, input.length - read);
        System.arraycopy(input, read, into, offset, count);
        read += count;
        return count > 0 || length == 0 ? count : -1;
    }

    @Override
    public void write(byte[] from, int offset, int length)
            throws IOException, InterruptedException {
        output.write(from, offset, length);
    }

    @Override
    public void logLine(String line) {
        log.add(line);
    }

    @Override
    public void tick(long nanoTime) {}

    @Override
    public void finished(Outcome outcome, Evidence evidence) {}
}
