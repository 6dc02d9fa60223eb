package dev.sqlmem.cli;

import dev.sqlmem.settings.Flag;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@link Flag}s as options of a command. Their values stay texts here; {@link ConfigurationReader} reads them. */
final class FlagOptions {
    private FlagOptions() {}

    /** Gives the command an option for each of the flags. */
    static void add(CommandSpec command, Set<Flag> flags) {
        flags.forEach(flag -> command.addOption(option(flag)));
    }

    /** The texts of the flags that were typed. */
    static Map<Flag, String> typed(ParseResult result) {
        Map<Flag, String> typed = new EnumMap<>(Flag.class);
        for (Flag flag : Flag.values()) {
            if (result.hasMatchedOption(flag.option())) {
                Object value = result.matchedOption(flag.option()).getValue();
                typed.put(
                        flag,
                        value instanceof List<?> texts
                                ? String.join(separator(flag), strings(texts))
                                : String.valueOf(value));
            }
        }
        return typed;
    }

    /** What stands between the values of a flag that is given several times. */
    private static String separator(Flag flag) {
        if (flag == Flag.TABLE) {
            return "; ";
        }
        return ",";
    }

    private static OptionSpec option(Flag flag) {
        OptionSpec.Builder builder =
                OptionSpec.builder(flag.option()).description(flag.help().replace("%", "%%"));
        String parameter = flag.parameter();
        if (flag == Flag.LOG || flag == Flag.TABLE) {
            return builder.type(List.class)
                    .auxiliaryTypes(String.class)
                    .arity("1")
                    .paramLabel(String.valueOf(parameter))
                    .build();
        }
        if (parameter == null) {
            // Typed as text all the same: "--debug=false" must be able to overrule the environment.
            return builder.type(String.class)
                    .arity("0..1")
                    .fallbackValue("true")
                    .paramLabel("true|false")
                    .build();
        }
        return builder.type(String.class).arity("1").paramLabel(parameter).build();
    }

    private static List<String> strings(List<?> values) {
        return values.stream().map(String::valueOf).toList();
    }
}
