package dev.sqlmem.cli;

import dev.sqlmem.settings.ConfigurationException;
import dev.sqlmem.settings.Flag;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** How failures are told: one line on stderr that says what to check; never a stack trace unless asked for. */
final class Failures {
    private Failures() {}

    /** A wrong flag or argument. */
    static int usage(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("sqlmem: " + withoutPasswords(String.valueOf(mistake.getMessage())));
        if (mistake instanceof UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            err.println("Did you mean " + String.join(" or ", unmatched.getSuggestions()) + "?");
        }
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return CommandLine.ExitCode.USAGE;
    }

    /** A command that could not do its work. */
    static int execution(Exception failure, CommandLine command, Environment environment) {
        PrintWriter err = command.getErr();
        err.println("sqlmem: " + failure.getMessage());
        if (isDebug(environment.variables())) {
            failure.printStackTrace(err);
        }
        if (failure instanceof ConfigurationException) {
            return CommandLine.ExitCode.USAGE;
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** What was typed may be told, with a mistake in the flag before a URL for instance; its password may not. */
    private static String withoutPasswords(String message) {
        return message.replaceAll("(\\w://[^:/@\\s]*):[^\\s]*@", "$1:***@");
    }

    private static boolean isDebug(Map<String, String> variables) {
        return "true".equalsIgnoreCase(variables.get(Flag.DEBUG.variable()));
    }
}
