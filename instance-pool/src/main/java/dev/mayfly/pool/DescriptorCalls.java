package dev.mayfly.pool;

import com.dylibso.chicory.runtime.WasmFunctionHandle;

/** The host functions whose first argument is a descriptor: a stream's or a file's, it tells. */
final class DescriptorCalls {
    private final StandardStreams streams;
    private final MountedFiles files;

    DescriptorCalls(StandardStreams streams, MountedFiles files) {
        this.streams = streams;
        this.files = files;
    }

    /** One host call about a stream; {@code a} are its arguments. */
    @FunctionalInterface
    private interface StreamCall {
        Errno on(int fd, long[] a);
    }

    WasmFunctionHandle handle(String name) {
        return switch (name) {
            case "fd_write" -> either(this::writeStream, DescriptorCalls::readOnly);
            case "fd_read" ->
                    either(
                            this::readStream,
                            (f, fd, a) -> f.read(fd, (int) a[1], (int) a[2], (int) a[3]));
            case "fd_close" -> either((fd, a) -> streams.close(fd), (f, fd, a) -> f.close(fd));
            case "fd_fdstat_get" ->
                    either(
                            (fd, a) -> streams.fdstat(fd, (int) a[1]),
                            (f, fd, a) -> f.fdstat(fd, (int) a[1]));
            case "fd_filestat_get" ->
                    either(
                            (fd, a) -> streams.filestat(fd, (int) a[1]),
                            (f, fd, a) -> f.filestat(fd, (int) a[1]));
            case "fd_sync", "fd_datasync" ->
                    either(streams(Errno.SUCCESS), (f, fd, a) -> Errno.SUCCESS);
            case "fd_allocate",
                    "fd_pwrite",
                    "fd_fdstat_set_rights",
                    "fd_filestat_set_size",
                    "fd_filestat_set_times" ->
                    either(streams(Errno.INVAL), DescriptorCalls::readOnly);
            default -> name.startsWith("path_") ? path(name) : fileOnly(name);
        };
    }

    private WasmFunctionHandle either(StreamCall onStream, MountedFiles.Call onFile) {
        return (instance, a) -> {
            int fd = (int) a[0];
            boolean stream = fd >= 0 && fd < OpenFiles.FIRST;
            return (stream ? onStream.on(fd, a) : files.call(fd, a, onFile)).result;
        };
    }

    private Errno writeStream(int fd, long[] a) {
        return streams.write(fd, (int) a[1], (int) a[2], (int) a[3]);
    }

    private Errno readStream(int fd, long[] a) {
        return streams.read(fd, (int) a[1], (int) a[2], (int) a[3]);
    }

    /** What a call answers that makes no sense on a stream. */
    private StreamCall streams(Errno errno) {
        return (fd, a) -> streams.isOpen(fd) ? errno : Errno.BADF;
    }

    private static Errno readOnly(OpenFiles files, int fd, long[] a) {
        return Errno.ROFS;
    }

    /** Calls that make no sense on a stream. */
    private WasmFunctionHandle fileOnly(String name) {
        return switch (name) {
            case "fd_seek" ->
                    either(
                            streams(Errno.SPIPE),
                            (f, fd, a) -> f.seek(fd, a[1], (int) a[2], (int) a[3]));
            case "fd_tell" -> either(streams(Errno.SPIPE), (f, fd, a) -> f.tell(fd, (int) a[1]));
            case "fd_advise" ->
                    either(
                            streams(Errno.SPIPE),
                            (f, fd, a) -> f.advise(fd, a[1], a[2], (int) a[3]));
            case "fd_pread" ->
                    either(
                            streams(Errno.SPIPE),
                            (f, fd, a) -> f.readFrom(fd, (int) a[1], (int) a[2], a[3], (int) a[4]));
            case "fd_readdir" ->
                    either(
                            streams(Errno.NOTDIR),
                            (f, fd, a) -> f.list(fd, (int) a[1], (int) a[2], a[3], (int) a[4]));
            case "fd_fdstat_set_flags" ->
                    either(streams(Errno.NOTSUP), (f, fd, a) -> f.setFlags(fd, (int) a[1]));
            case "fd_renumber" ->
                    either(streams(Errno.NOTSUP), (f, fd, a) -> f.renumber(fd, (int) a[1]));
            case "fd_prestat_get" ->
                    either(streams(Errno.BADF), (f, fd, a) -> f.prestat(fd, (int) a[1]));
            case "fd_prestat_dir_name" ->
                    either(
                            streams(Errno.BADF),
                            (f, fd, a) -> f.mountName(fd, (int) a[1], (int) a[2]));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private WasmFunctionHandle path(String name) {
        return switch (name) {
            case "path_open" -> (i, a) -> files.call((int) a[0], a, DescriptorCalls::open).result;
            case "path_filestat_get" ->
                    (i, a) -> files.call((int) a[0], a, DescriptorCalls::stat).result;
            case "path_readlink" ->
                    (i, a) -> files.call((int) a[0], a, DescriptorCalls::readLink).result;
            case "path_symlink" ->
                    (i, a) -> files.call((int) a[2], a, DescriptorCalls::readOnly).result;
            default -> (i, a) -> files.call((int) a[0], a, DescriptorCalls::readOnly).result;
        };
    }

    private static Errno open(OpenFiles files, int fd, long[] a) {
        var wish = new OpenFiles.Wish((int) a[1], (int) a[4], a[5], (int) a[8]);
        return files.open(fd, (int) a[2], (int) a[3], wish);
    }

    private static Errno stat(OpenFiles files, int fd, long[] a) {
        return files.pathStat(fd, (int) a[1], (int) a[2], (int) a[3], (int) a[4]);
    }

    private static Errno readLink(OpenFiles files, int fd, long[] a) {
        return files.readLink(fd, (int) a[1], (int) a[2], (int) a[3], (int) a[4], (int) a[5]);
    }
}
