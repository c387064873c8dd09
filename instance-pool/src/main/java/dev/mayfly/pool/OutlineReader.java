package dev.mayfly.pool;

import dev.mayfly.pool.ModuleOutline.Body;
import dev.mayfly.pool.ModuleReport.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a module's outline in one pass, before anything is allocated that the module's own numbers
 * decide. The parser that follows believes counts and lengths; whatever it would choke on is
 * refused here.
 */
final class OutlineReader {
    /** As in browsers; the parser holds every one of them as an object. */
    private static final int MOST_LOCALS = 50_000;

    private static final int MOST_FUNCTIONS = 200_000;
    private static final int MOST_PARAMETERS = 1_000;

    /** About two seconds of the parser. */
    private static final long MOST_STEPS = 200_000_000;

    /** Parsed, one takes 77 bytes (34,529 of a Rust module on JDK 25); compiling it, more. */
    private static final long BYTES_PER_INSTRUCTION = 200;

    private static final int CODE = 10;
    private static final String[] NAMES = {
        "custom",
        "type",
        "import",
        "function",
        "table",
        "memory",
        "global",
        "export",
        "start",
        "element",
        "code",
        "data",
        "data count",
        "tag"
    };

    private final byte[] module;
    private final List<Section> sections = new ArrayList<>();
    private final List<Body> bodies = new ArrayList<>();
    private boolean references;
    private int codeFrom = 8;
    private int codeTo = 8;
    private final CodeScan scan = new CodeScan();

    private OutlineReader(byte[] module) {
        this.module = module;
    }

    /** The outline of {@code module}, whose first eight bytes are known to be right. */
    static ModuleOutline read(byte[] module) throws UnloadableException {
        return new OutlineReader(module).outline();
    }

    private ModuleOutline outline() throws UnloadableException {
        BinaryReader in = new BinaryReader(module, 8, module.length);
        while (in.remaining() > 0) {
            int from = in.position();
            int id = in.u8();
            long size = in.u32();
            if (size > in.remaining()) {
                throw new UnloadableException(
                        "is cut off: its "
                                + sectionName(id)
                                + " section has "
                                + size
                                + " bytes, of which "
                                + in.remaining()
                                + " are there");
            }
            section(id, in.slice(size));
            if (id == CODE) {
                codeFrom = from;
                codeTo = in.position();
            }
        }
        return new ModuleOutline(
                module.length,
                sections,
                bodies,
                scan.instructions(),
                scan.atomics(),
                references || scan.references(),
                scan.objects(),
                codeFrom,
                codeTo);
    }

    private static String sectionName(int id) throws UnloadableException {
        if (id >= NAMES.length) {
            throw new UnloadableException("has a section of the unknown kind " + id);
        }
        return NAMES[id];
    }

    private void section(int id, BinaryReader in) throws UnloadableException {
        String name = sectionName(id);
        int size = in.remaining();
        switch (name) {
            case "custom" -> name = in.name();
            case "type" -> types(in);
            case "element" -> elements(in);
            case "code" -> code(in);
            case "data" -> data(in);
            case "tag" -> references = true;
            default -> {}
        }
        sections.add(new Section(name, size));
    }

    private void types(BinaryReader in) throws UnloadableException {
        for (int left = in.count("types"); left > 0; left--) {
            long form = in.u32();
            if (form == 0x4E) {
                for (int group = in.count("types of a group"); group > 0; group--) {
                    subType(in.u32(), in);
                }
            } else {
                subType(form, in);
            }
        }
    }

    private void subType(long form, BinaryReader in) throws UnloadableException {
        long composite = form;
        if (form == 0x50 || form == 0x4F) {
            for (int left = in.count("supertypes"); left > 0; left--) {
                in.u32();
            }
            composite = in.u32();
        }
        references |= composite != 0x60;
        switch ((int) Math.min(composite, 0x80)) {
            case 0x5E -> field(in);
            case 0x5F -> {
                for (int left = in.count("fields"); left > 0; left--) {
                    field(in);
                }
            }
            case 0x60 -> {
                values(in, "parameters");
                values(in, "results");
            }
            default -> throw new UnloadableException("has a type of the unknown form " + composite);
        }
    }

    private static void field(BinaryReader in) throws UnloadableException {
        CodeScan.valueType(in);
        in.u8();
    }

    private static void values(BinaryReader in, String what) throws UnloadableException {
        int count = in.count(what);
        if (count > MOST_PARAMETERS) {
            throw new UnloadableException(
                    "has a type of "
                            + count
                            + " "
                            + what
                            + " (expected: <= "
                            + MOST_PARAMETERS
                            + ")");
        }
        for (int left = count; left > 0; left--) {
            CodeScan.valueType(in);
        }
    }

    /** Bit 0: not active, bit 1: table index or declarative, bit 2: expressions, not indices. */
    private void elements(BinaryReader in) throws UnloadableException {
        for (int left = in.count("element segments"); left > 0; left--) {
            long flags = in.u32();
            elementHead(in, flags, scan);
            element(in, (flags & 4) != 0, scan);
        }
    }

    /** Reads up to the number of elements. */
    static void elementHead(BinaryReader in, long flags, CodeScan scan) throws UnloadableException {
        boolean active = (flags & 1) == 0;
        if (active && (flags & 2) != 0) {
            in.u32();
        }
        if (active) {
            scan.expression(in);
        }
        if ((flags & 3) != 0) {
            CodeScan.valueType(in);
        }
    }

    /** Reads the elements of one segment. */
    static void element(BinaryReader in, boolean expressions, CodeScan scan)
            throws UnloadableException {
        for (int left = in.count("elements"); left > 0; left--) {
            if (expressions) {
                scan.expression(in);
            } else {
                in.u32();
            }
        }
    }

    private void data(BinaryReader in) throws UnloadableException {
        for (int left = in.count("data segments"); left > 0; left--) {
            long mode = in.u32();
            if (mode == 2) {
                in.u32();
            }
            if (mode != 1) {
                scan.expression(in);
            }
            in.skip(in.u32());
        }
    }

    private void code(BinaryReader in) throws UnloadableException {
        int count = in.count("functions");
        if (count > MOST_FUNCTIONS) {
            throw new UnloadableException(
                    "has " + count + " functions (expected: <= " + MOST_FUNCTIONS + ")");
        }
        for (int index = 0; index < count; index++) {
            bodies.add(body(in.slice(in.u32())));
            checkCost();
        }
    }

    private Body body(BinaryReader in) throws UnloadableException {
        int bytes = in.remaining();
        long locals = locals(in);
        if (locals > MOST_LOCALS) {
            throw new UnloadableException(
                    "has a function of "
                            + locals
                            + " locals, the one of index "
                            + bodies.size()
                            + " (expected: <= "
                            + MOST_LOCALS
                            + ")");
        }
        return new Body(bytes, (int) locals, scan.body(in));
    }

    /** Reads up to the instructions of a body; {@return how many locals it declares} */
    static long locals(BinaryReader in) throws UnloadableException {
        long locals = 0;
        for (int left = in.count("groups of locals"); left > 0; left--) {
            locals += in.u32();
            CodeScan.valueType(in);
        }
        return locals;
    }

    private void checkCost() throws UnloadableException {
        if (scan.steps() > MOST_STEPS) {
            throw new UnloadableException(
                    "nests its blocks so deep that following its branches takes more than "
                            + MOST_STEPS
                            + " steps");
        }
        long heap = Runtime.getRuntime().maxMemory();
        if (scan.instructions() * BYTES_PER_INSTRUCTION > heap / 2) {
            throw new UnloadableException(
                    "has more than "
                            + scan.instructions()
                            + " instructions: compiling them takes more than half of the "
                            + (heap >> 20)
                            + " MiB heap; start Mayfly with a larger one (-Xmx), or build the"
                            + " module with -Os");
        }
    }
}
