package dev.mayfly.cli;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.Source;
import dev.mayfly.manifest.HttpRoute.Target;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Place;
import dev.mayfly.manifest.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files and folders an app names. */
final class FilesOnDisk {
    private final Path folder;

    /**
     * @param folder that of app.toml, which every path starts from
     */
    FilesOnDisk(Path folder) {
        this.folder = folder;
    }

    /** {@return a problem for each one that is not there, at the key that names it} */
    List<Problem> missing(Manifest manifest) {
        List<Problem> problems = new ArrayList<>();
        for (FunctionSpec function : manifest.functions().values()) {
            String key = "function." + function.name();
            if (function.source() instanceof Source.File(String path)) {
                String mend =
                        function.build().isPresent() ? "run mayfly build" : "build the module";
                checkFile(manifest, key + ".source", path, mend).ifPresent(problems::add);
            }
            for (int i = 0; i < function.mounts().size(); i++) {
                String source = function.mounts().get(i).source();
                checkFolder(manifest, key + ".files[" + i + "].source", source)
                        .ifPresent(problems::add);
            }
        }
        for (int i = 0; i < manifest.http().size(); i++) {
            if (manifest.http().get(i).target() instanceof Target.Files files) {
                checkFolder(manifest, "trigger.http[" + i + "].files.source", files.source())
                        .ifPresent(problems::add);
            }
        }
        return problems;
    }

    /** {@return the modules' files, absolute, there or not} */
    Set<Path> modules(Manifest manifest) {
        Set<Path> modules = new LinkedHashSet<>();
        for (FunctionSpec function : manifest.functions().values()) {
            if (function.source() instanceof Source.File(String path)) {
                modules.add(at(path));
            }
        }
        return modules;
    }

    /** {@return the mounted folders, absolute, there or not} */
    Set<Path> mounts(Manifest manifest) {
        Set<Path> mounts = new LinkedHashSet<>();
        for (FunctionSpec function : manifest.functions().values()) {
            function.mounts().forEach(mount -> mounts.add(at(mount.source())));
        }
        return mounts;
    }

    private Optional<Problem> checkFile(Manifest manifest, String key, String path, String mend) {
        return Files.isRegularFile(at(path))
                ? Optional.empty()
                : Optional.of(problem(manifest, key, "there is no file " + at(path), mend));
    }

    private Optional<Problem> checkFolder(Manifest manifest, String key, String path) {
        return Files.isDirectory(at(path))
                ? Optional.empty()
                : Optional.of(
                        problem(manifest, key, "there is no folder " + at(path), "create it"));
    }

    private static Problem problem(Manifest manifest, String key, String message, String mend) {
        Place place = manifest.places().of(key);
        return new Problem(
                place.line(), place.column(), key, message, mend + " or correct the path");
    }

    private Path at(String path) {
        return folder.resolve(path).normalize();
    }
}
