package dev.sqlmem.contract;

import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.Parameter;
import dev.sqlmem.testing.RowOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Asks statements of a proxy and of its server, and finds out who has answered: it is a hit if the server
 * was sent nothing at the second time. Differences are collected.
 */
final class Inquiry {
    /** Orders the window, not the rows. */
    private static final Pattern WINDOW = Pattern.compile("over \\([^)]*\\)");

    private final Scene scene;
    private final Client proxied;
    private final Client direct;
    private final List<String> differences = new ArrayList<>();

    Inquiry(Scene scene, Client proxied, Client direct) {
        this.scene = scene;
        this.proxied = proxied;
        this.direct = direct;
    }

    /**
     * How a statement was answered.
     *
     * @param hit by the cache
     * @param sqlState by an error of the proxy's own, else empty
     * @param serverError by this error of the server's, else empty
     * @param reason why not by the cache, or what SQL leaves open
     */
    record Route(boolean hit, String sqlState, String serverError, String reason) {

        /** For people. */
        String text() {
            if (hit) {
                return "cached";
            }
            return sqlState.isEmpty() ? "relayed: " + reason : "refused: " + sqlState + " " + reason;
        }
    }

    /** What was not the same on both sides. */
    List<String> differences() {
        return List.copyOf(differences);
    }

    Route ask(Probe probe) {
        if (!probe.run()) {
            List<String> explained = Scene.explain(proxied, probe.sql());
            boolean refused = value(explained, "route").equals("refuse");
            String reason = value(explained, "reason");
            return new Route(false, refused ? reason.substring(0, 5) : "", "", refused ? reason.substring(6) : reason);
        }
        if (probe.parameters().isEmpty()) {
            return ask(probe.sql(), probe.compared());
        }
        List<Parameter> parameters =
                probe.parameters().stream().map(Parameter::text).toList();
        return ask(ExtendedQuery.of(probe.sql()).with(parameters), probe.compared());
    }

    Route ask(String sql, boolean compared) {
        List<Frame> right = direct.raw().simpleQuery(sql);
        compare(sql, compared, right, proxied.raw().simpleQuery(sql));
        scene.tap().clear();
        List<Frame> second = proxied.raw().simpleQuery(sql);
        boolean asked = !scene.tap().statements().isEmpty();
        compare(sql, compared, right, second);
        return route(sql, right, second, !asked);
    }

    Route ask(ExtendedQuery query, boolean compared) {
        List<Frame> right = direct.raw().extended(query);
        compare(query.sql(), compared, right, proxied.raw().extended(query));
        scene.tap().clear();
        List<Frame> second = proxied.raw().extended(query);
        boolean asked = !scene.tap().statements().isEmpty();
        compare(query.sql(), compared, right, second);
        return route(query.sql(), right, second, !asked);
    }

    private Route route(String sql, List<Frame> right, List<Frame> given, boolean untold) {
        List<String> explained = Scene.explain(proxied, sql);
        String serverError = FrameText.sqlState(right);
        if (value(explained, "route").equals("refuse")) {
            return new Route(
                    false,
                    FrameText.sqlState(given),
                    serverError,
                    value(explained, "reason").substring(6));
        }
        if (untold) {
            return new Route(true, "", serverError, value(explained, "open"));
        }
        boolean elsewise = value(explained, "route").equals("serve");
        return new Route(
                false, "", serverError, elsewise ? "this value, others are cached" : value(explained, "reason"));
    }

    private void compare(String sql, boolean compared, List<Frame> right, List<Frame> given) {
        if (!compared || isRefusal(given)) {
            return;
        }
        String rest = WINDOW.matcher(sql.toLowerCase(Locale.ROOT)).replaceAll("");
        RowOrder order = rest.contains("order by") ? new RowOrder.Total() : new RowOrder.Any();
        new FrameCompare(order, ErrorMatch.MESSAGE)
                .difference(right, given)
                .ifPresent(difference -> differences.add(sql + "\n" + difference));
    }

    private static boolean isRefusal(List<Frame> given) {
        String message = new Reply(given).message();
        return message.startsWith("UnsupportedQueryError: ") || message.startsWith("ReadOnlyError: ");
    }

    private static String value(List<String> explained, String name) {
        return explained.stream()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst()
                .orElse("");
    }
}
