package dev.sqlmem.cli;

import dev.sqlmem.settings.Setting;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;

/**
 * What of the configuration may change while the proxy runs.
 *
 * @param settings the same as texts, each with its source
 */
record Reloadable(Level logLevel, List<Setting> settings) {
    Reloadable {
        settings = List.copyOf(settings);
    }

    /** All settings, with these in the place of the former ones. */
    List<Setting> within(List<Setting> all) {
        Map<String, Setting> changed = settings.stream().collect(Collectors.toMap(Setting::name, Function.identity()));
        return all.stream().map(each -> changed.getOrDefault(each.name(), each)).toList();
    }
}
