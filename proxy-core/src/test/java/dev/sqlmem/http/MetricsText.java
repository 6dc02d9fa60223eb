package dev.sqlmem.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads Prometheus' text format 0.0.4, and accepts only what a server would surely take: HELP, TYPE, then all
 * samples of the family, no name and no sample twice. Shares no code with the product.
 */
final class MetricsText {
    private static final Pattern HELP = Pattern.compile("# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern TYPE = Pattern.compile("# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)");
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{((?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\]|\\\\[\\\\\"n])*\",?)+)\\})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("\\G([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\[\\\\\"n])*)\"(,(?!$)|$)");

    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    /** A family by its name. */
    record Family(String type, String help, Map<String, Map<Map<String, String>, Double>> samples) {}

    private final Map<String, Family> families = new LinkedHashMap<>();

    private MetricsText() {}

    static MetricsText parse(String text) {
        MetricsText metrics = new MetricsText();
        if (!text.endsWith("\n")) {
            throw new AssertionError("the last line has no end");
        }
        String help = "";
        String current = "";
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            Matcher helped = HELP.matcher(line);
            Matcher typed = TYPE.matcher(line);
            if (helped.matches()) {
                current = helped.group(1);
                help = helped.group(2);
            } else if (typed.matches()) {
                require(typed.group(1).equals(current), line);
                Family family = new Family(typed.group(2), help, new LinkedHashMap<>());
                require(metrics.families.put(current, family) == null, line);
            } else {
                metrics.sample(current, line);
            }
        }
        metrics.families.forEach((name, family) -> check(name, family));
        return metrics;
    }

    private void sample(String current, String line) {
        Matcher sample = SAMPLE.matcher(line);
        require(sample.matches(), line);
        String name = sample.group(1);
        Family family = family(current);
        Set<String> names = family.type.equals("histogram")
                ? Set.of(current + "_bucket", current + "_sum", current + "_count")
                : Set.of(current);
        require(names.contains(name), line);
        Map<String, String> labels = labels(sample.group(2) == null ? "" : sample.group(2), line);
        double value = Double.parseDouble(sample.group(3));
        require(
                family.samples
                                .computeIfAbsent(name, any -> new LinkedHashMap<>())
                                .put(labels, value)
                        == null,
                line);
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        int end = 0;
        while (end < text.length()) {
            require(label.find(end) && label.start() == end, line);
            String value = ESCAPED.matcher(label.group(2))
                    .replaceAll(escaped ->
                            Matcher.quoteReplacement(escaped.group(1).equals("n") ? "\n" : escaped.group(1)));
            require(labels.put(label.group(1), value) == null, line);
            end = label.end();
        }
        return labels;
    }

    private static void check(String name, Family family) {
        require(family.type.equals("counter") == name.endsWith("_total"), name + " is a " + family.type);
        if (family.type.equals("histogram")) {
            histogram(name, family);
        }
        family.samples.values().forEach(samples -> samples.values().forEach(value -> require(!value.isNaN(), name)));
    }

    /** Buckets are cumulative, in ascending order, and end with all. */
    private static void histogram(String name, Family family) {
        Map<Map<String, String>, List<Double>> buckets = new LinkedHashMap<>();
        Map<Map<String, String>, Double> lastBound = new LinkedHashMap<>();
        family.samples.getOrDefault(name + "_bucket", Map.of()).forEach((labels, count) -> {
            Map<String, String> series = new TreeMap<>(labels);
            String le = present(series.remove("le"));
            double bound = le.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(le);
            Double before = lastBound.put(series, bound);
            require(before == null || before < bound, name + labels);
            buckets.computeIfAbsent(series, any -> new ArrayList<>()).add(count);
        });
        buckets.forEach((series, counts) -> {
            for (int i = 1; i < counts.size(); i++) {
                require(counts.get(i - 1) <= counts.get(i), name + series);
            }
            require(present(lastBound.get(series)).isInfinite(), name + series);
            require(
                    counts.get(counts.size() - 1)
                            .equals(present(family.samples.get(name + "_count")).get(series)),
                    name + series);
            require(present(family.samples.get(name + "_sum")).containsKey(series), name + series);
        });
    }

    private static void require(boolean holds, String where) {
        if (!holds) {
            throw new AssertionError("not the text format: " + where);
        }
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("not the text format: a part is missing");
        }
        return value;
    }

    /** The family of this name. */
    Family family(String name) {
        return present(families.get(name));
    }

    Map<String, Family> families() {
        return families;
    }

    /** A whole {@link #number}. */
    long value(String name, String... labels) {
        double number = number(name, labels);
        require(number == Math.rint(number), name + " is " + number);
        return (long) number;
    }

    /** The value of the one sample with exactly these labels, names and values in turn. */
    double number(String name, String... labels) {
        Map<String, String> wanted = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            wanted.put(labels[i], labels[i + 1]);
        }
        for (Family family : families.values()) {
            Double value = family.samples.getOrDefault(name, Map.of()).get(wanted);
            if (value != null) {
                return value;
            }
        }
        throw new AssertionError("no sample " + name + wanted);
    }

    /** The sum over all samples of the name. */
    long sum(String name) {
        return present(family(name).samples.get(name)).values().stream()
                .mapToLong(Double::longValue)
                .sum();
    }
}
