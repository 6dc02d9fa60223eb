package dev.sqlmem.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the versions. */
@Command(name = "version", description = "Print the versions of SQLmem, Java, SQLite and the libraries.")
final class VersionCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        Versions.lines().forEach(spec.commandLine().getOut()::println);
    }
}
