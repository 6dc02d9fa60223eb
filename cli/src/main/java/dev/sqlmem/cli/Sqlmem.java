package dev.sqlmem.cli;

import dev.sqlmem.settings.Flag;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code sqlmem}: the tree of commands and what their failures look like. */
@Command(
        name = "sqlmem",
        description = "An in-memory cache that speaks the PostgreSQL wire protocol.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = Versions.class)
public final class Sqlmem implements Runnable {
    /** What a client of a running proxy needs to find it. */
    private static final Set<Flag> CLIENT_FLAGS = EnumSet.of(Flag.UPSTREAM, Flag.LISTEN);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    Sqlmem() {}

    /** Runs the command and ends the process with its exit code: 0, 1 for a failure, 2 for a wrong usage. */
    public static void main(String[] args) {
        LogTargets.silence();
        System.exit(commandLine(Environment.ofProcess()).execute(args));
    }

    /** The whole command; each call builds a new one. */
    static CommandLine commandLine(Environment environment) {
        CommandLine root = new CommandLine(new Sqlmem());
        root.addSubcommand(command(new ServeCommand(environment), EnumSet.allOf(Flag.class)));
        root.addSubcommand(command(new CheckCommand(environment), EnumSet.allOf(Flag.class)));
        root.addSubcommand(command(new StatusCommand(environment), CLIENT_FLAGS));
        root.addSubcommand(command(new ExplainCommand(environment), CLIENT_FLAGS));
        root.addSubcommand(command(new InvalidateCommand(environment), CLIENT_FLAGS));
        root.addSubcommand(new CommandLine(new VersionCommand()));
        root.getSubcommands().values().forEach(command -> addHelp(command.getCommandSpec()));
        addHelp(root.getCommandSpec());
        root.getCommandSpec()
                .addOption(switchOption("--version", "Print the versions and exit.")
                        .versionHelp(true)
                        .build());
        root.setUsageHelpWidth(100);
        root.setColorScheme(CommandLine.Help.defaultColorScheme(Ansi.OFF));
        root.setParameterExceptionHandler(Failures::usage);
        root.setExecutionExceptionHandler(
                (failure, command, parsed) -> Failures.execution(failure, command, environment));
        return root;
    }

    /** Without a command there is nothing to do: that is a wrong usage. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    private static CommandLine command(Object command, Set<Flag> flags) {
        CommandLine commandLine = new CommandLine(command);
        FlagOptions.add(commandLine.getCommandSpec(), flags);
        return commandLine;
    }

    private static void addHelp(CommandSpec command) {
        command.addOption(switchOption("--help", "Print this help and exit.")
                .usageHelp(true)
                .build());
    }

    private static OptionSpec.Builder switchOption(String name, String description) {
        return OptionSpec.builder(name).type(boolean.class).arity("0").description(description);
    }
}
