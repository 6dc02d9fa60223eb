package dev.sqlmem.cli;

import dev.sqlmem.settings.ConfigurationException;
import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import io.github.cdimascio.dotenv.DotenvException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What surrounds the process.
 *
 * @param variables the environment variables
 * @param directory the working directory, where {@code .env} may lie
 */
public record Environment(Map<String, String> variables, Path directory) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** The environment of this process. */
    public static Environment ofProcess() {
        return new Environment(System.getenv(), Path.of(""));
    }

    /** The entries of {@code .env}; none when the file is missing. */
    Map<String, String> dotEnv() {
        try {
            return Dotenv.configure()
                    .directory(directory.toAbsolutePath().toString())
                    .ignoreIfMissing()
                    .load()
                    .entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)
                    .stream()
                    .collect(Collectors.toMap(DotenvEntry::getKey, DotenvEntry::getValue, (first, last) -> last));
        } catch (DotenvException malformed) {
            throw new ConfigurationException(".env: " + malformed.getMessage() + "; a line reads NAME=value");
        }
    }
}
