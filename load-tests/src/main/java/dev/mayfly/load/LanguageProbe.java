package dev.mayfly.load;

import dev.mayfly.pool.TemplateTrial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Measures one template, in a process where nothing else runs; prints its form, then its vitals.
 */
final class LanguageProbe {
    /** What a repetition may take of the time altogether; a slow language is repeated less. */
    private static final long SPAN = TimeUnit.SECONDS.toNanos(4);

    private static final long BATCH = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int MOST_TIMES = 20;

    private LanguageProbe() {}

    /**
     * Arguments: the template's folder; how many seconds to ask it, warm-up included.
     *
     * @throws IOException when its module is not there
     */
    public static void main(String[] arguments) throws IOException {
        Path template = Path.of(arguments[0]);
        long seconds = Long.parseLong(arguments[1]);
        List<Double> loads = new ArrayList<>();
        try (Scratch kept = Scratch.make()) {
            long begin = System.nanoTime();
            TemplateTrial trial = new TemplateTrial(template, kept.folder());
            loads.add((double) (System.nanoTime() - begin));
            while (loads.size() < MOST_TIMES && System.nanoTime() - begin < SPAN) {
                loads.add(load(template));
            }
            double reload = median(trial::reload);
            double cold = median(trial::thawAndAsk);
            double request = request(trial, TimeUnit.SECONDS.toNanos(seconds));
            System.out.println(trial.report().form());
            System.out.println(
                    "module=%d interpreted=%d image=%d sandbox=%d dirty=%d reset=%d load=%d reload=%d cold=%d request=%d"
                            .formatted(
                                    trial.report().moduleBytes(),
                                    trial.report().interpreted().size(),
                                    trial.imageBytes(),
                                    trial.sandboxBytes(),
                                    trial.dirtyPages(),
                                    trial.isReset() ? 1 : 0,
                                    Math.round(Medians.of(loads.stream().mapToDouble(d -> d))),
                                    Math.round(reload),
                                    Math.round(cold),
                                    Math.round(request)));
        }
    }

    private static double load(Path template) throws IOException {
        try (Scratch empty = Scratch.make()) {
            long begin = System.nanoTime();
            new TemplateTrial(template, empty.folder());
            return System.nanoTime() - begin;
        }
    }

    /** What is timed. */
    private interface Step {
        void run() throws IOException;
    }

    private static double median(Step step) throws IOException {
        List<Double> times = new ArrayList<>();
        long begin = System.nanoTime();
        long end = begin;
        while (times.size() < MOST_TIMES && end - begin < SPAN) {
            step.run();
            long now = System.nanoTime();
            times.add((double) (now - end));
            end = now;
        }
        return Medians.of(times.stream().mapToDouble(d -> d));
    }

    /** Of the second half of the time: the first one compiles. */
    private static double request(TemplateTrial trial, long nanos) {
        List<Double> batches = new ArrayList<>();
        long begin = System.nanoTime();
        long end = begin;
        while (end - begin < nanos) {
            double each = trial.ask(BATCH);
            end = System.nanoTime();
            if (end - begin > nanos / 2) {
                batches.add(each);
            }
        }
        return Medians.of(batches.stream().mapToDouble(d -> d));
    }
}
