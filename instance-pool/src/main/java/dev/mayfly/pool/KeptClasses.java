package dev.mayfly.pool;

import dev.mayfly.pool.ArtifactFile.DamagedException;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The classes of a large module, read one by one from its file as guests reach them: a request
 * rarely needs a tenth of them. The file stays open, so that it may be evicted meanwhile.
 *
 * <p>A class that turns out to be damaged then costs the run that needed it, and the module is
 * compiled again.
 */
final class KeptClasses implements ClassSource {
    private final ArtifactFile file;
    private final Set<String> names;
    private final Consumer<DamagedException> onDamage;

    private KeptClasses(
            ArtifactFile file, List<String> names, Consumer<DamagedException> onDamage) {
        this.file = file;
        this.names = new HashSet<>(names);
        this.onDamage = onDamage;
    }

    /**
     * The classes in {@code file}, which is closed as soon as it is not needed. Those of a small
     * module are read and checked now.
     *
     * @param onDamage told of damage that is found later
     */
    static ClassSource in(ArtifactFile file, Consumer<DamagedException> onDamage)
            throws IOException, DamagedException {
        List<String> names = ModuleCodec.classes(file);
        if (!file.whole()) {
            return new KeptClasses(file, names, onDamage);
        }
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (String name : names) {
            classes.put(name, file.part(name));
        }
        file.close();
        return new CompiledClasses(classes, List.of(), ClassLayout.MACHINE_ONLY).source();
    }

    @Override
    public Set<String> names() {
        return names;
    }

    @Override
    public byte[] bytes(String name) throws ClassNotFoundException {
        if (!names.contains(name)) {
            throw new ClassNotFoundException(name);
        }
        try {
            return file.part(name);
        } catch (DamagedException e) {
            onDamage.accept(e);
            throw new ArtifactLostError(name + " is lost", e);
        } catch (IOException e) {
            onDamage.accept(new DamagedException("unreadable: " + e.getMessage()));
            throw new ArtifactLostError(name + " is lost", e);
        }
    }

    @Override
    public void forget(String name) {
        // Nothing is held but the file.
    }
}
