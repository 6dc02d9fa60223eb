package dev.sqlmem.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StatusPageTest {
    private static final String PAGE = StatusPage.REPLY.body();

    @Test
    void loadsNothingFromAnywhere() {
        assertThat(PAGE.replace("http://www.w3.org/2000/svg", ""))
                .doesNotContain("http:", "https:", "@import", "url(", "//cdn", "srcset");
        List<String> references = Pattern.compile("(?:src|href)=\"([^\"]*)\"")
                .matcher(PAGE)
                .results()
                .map(each -> each.group(1))
                .toList();
        assertThat(references).containsOnly("data:,", "/status.json", "/metrics", "/readyz");
    }

    @Test
    void letsNothingRunButItsOwnScriptAndStyle() throws Exception {
        String policy = StatusPage.REPLY.policy();

        assertThat(policy)
                .contains("script-src '" + hash("script") + "'")
                .contains("style-src '" + hash("style") + "'")
                .doesNotContain("unsafe", "*");
        assertThat(PAGE).doesNotContainPattern("\\son[a-z]+=").doesNotContainPattern("style=\"");
    }

    private static String hash(String tag) throws Exception {
        Matcher element = Pattern.compile("<" + tag + ">(.*?)</" + tag + ">", Pattern.DOTALL)
                .matcher(PAGE);
        assertThat(element.find()).isTrue();
        byte[] content = element.group(1).getBytes(StandardCharsets.UTF_8);
        assertThat(element.find()).as("one " + tag).isFalse();
        return "sha256-"
                + Base64.getEncoder()
                        .encodeToString(MessageDigest.getInstance("SHA-256").digest(content));
    }

    /** What the proxy tells is set as text: there is no way from there to markup. */
    @Test
    void neverReadsDataAsMarkup() {
        assertThat(PAGE)
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "DOMParser")
                .doesNotContain("new Function", "setTimeout(\"");
    }

    @Test
    void isForPhonesDarkRoomsAndScreenReaders() {
        assertThat(PAGE)
                .contains("<html lang=\"en\">", "name=\"viewport\"", "prefers-color-scheme: dark", "<noscript>")
                .contains("role: \"table\"", "scope: \"col\"", "aria-label", ":focus-visible", "aria-pressed");
    }
}
