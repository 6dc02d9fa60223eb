package dev.sqlmem.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as a browser shows it; skipped where no Chromium is installed. */
class BrowserTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void showsTheProxyAndRunsNothingOfItsData() throws SQLException, IOException, InterruptedException {
        Path chromium = chromium();
        try (HttpScene scene = HttpScene.readOnly(
                "browser",
                "CREATE TABLE \"<script>alert(1)</script>\" (id int4 PRIMARY KEY, \"<b>\" int4)",
                "CREATE TABLE orders (id int8 PRIMARY KEY, status text COLLATE \"C\")",
                "INSERT INTO orders VALUES (1, 'paid')")) {
            try (Connection client = scene.client("simple");
                    Statement statement = client.createStatement()) {
                statement.execute("SELECT \"<b>\" FROM \"<script>alert(1)</script>\"");
                for (int i = 0; i < 1_234; i++) {
                    statement.execute("SELECT status FROM orders WHERE id = 1");
                }
                statement.execute("SELECT now()");
            }
            String shown = shown(chromium, scene);

            assertThat(shown)
                    .contains(">ready<", ">1,233<", "orders", "select status from orders where id = ?")
                    .contains("reads system catalogs, or no table at all")
                    .contains("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;b&gt;")
                    .contains("<title>SQLmem 99")
                    .doesNotContain("<b>", "connecting<", "does not answer");
        }
    }

    private String shown(Path chromium, HttpScene scene) throws IOException, InterruptedException {
        Path out = directory.resolve("page.html");
        Process process = new ProcessBuilder(
                        chromium.toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "--virtual-time-budget=5000",
                        "--dump-dom",
                        scene.url("/").toString())
                .redirectOutput(out.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        return Files.readString(out, StandardCharsets.UTF_8)
                .replaceAll("(?s)<script>.*?</script>|<style>.*?</style>", "");
    }

    private static Path chromium() {
        List<Path> found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .toList();
        assumeTrue(!found.isEmpty(), "no Chromium on the PATH: the page is not looked at");
        return found.get(0);
    }
}
