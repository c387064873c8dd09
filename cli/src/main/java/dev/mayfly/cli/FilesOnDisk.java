package dev.mayfly.cli;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.Mount;
import dev.mayfly.manifest.FunctionSpec.Source;
import dev.mayfly.manifest.HttpRoute;
import dev.mayfly.manifest.HttpRoute.Target;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
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

    /** {@return a problem for each one that is not there} */
    List<Problem> missing(Manifest manifest) {
        List<Problem> problems = new ArrayList<>();
        manifest.functions().values().forEach(function -> checkFunction(function, problems));
        for (HttpRoute route : manifest.http()) {
            if (route.target() instanceof Target.Files files) {
                checkFolder("trigger.http.files.source", files.source(), problems);
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

    private void checkFunction(FunctionSpec function, List<Problem> problems) {
        String key = "function." + function.name();
        if (function.source() instanceof Source.File(String path)
                && !Files.isRegularFile(at(path))) {
            problems.add(
                    new Problem(
                            0,
                            0,
                            key + ".source",
                            "no file " + at(path),
                            "build the module or correct the path"));
        }
        for (Mount mount : function.mounts()) {
            checkFolder(key + ".files", mount.source(), problems);
        }
    }

    private void checkFolder(String key, String path, List<Problem> problems) {
        if (!Files.isDirectory(at(path))) {
            problems.add(
                    new Problem(
                            0, 0, key, "no folder " + at(path), "create it or correct the path"));
        }
    }

    private Path at(String path) {
        return folder.resolve(path).normalize();
    }
}
