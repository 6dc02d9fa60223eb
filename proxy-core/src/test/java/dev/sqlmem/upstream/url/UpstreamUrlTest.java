package dev.sqlmem.upstream.url;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamUrlTest {

    @Test
    void readsAllParts() {
        UpstreamUrl url = UpstreamUrl.parse("postgresql://app:s3cret@db1:5433,[::1]:6000,db3/shop?sslmode=require"
                + "&connect_timeout=3&options=-c%20geqo%3Doff&application_name=cache");
        assertThat(url.hosts())
                .containsExactly(new HostPort("db1", 5433), new HostPort("::1", 6000), new HostPort("db3", 5432));
        assertThat(url.user()).isEqualTo("app");
        assertThat(url.password()).isEqualTo("s3cret");
        assertThat(url.database()).isEqualTo("shop");
        assertThat(url.sslMode()).isEqualTo(SslMode.REQUIRE);
        assertThat(url.parameters().keySet())
                .containsExactly("sslmode", "connect_timeout", "options", "application_name");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db1:5433,[::1]:6000,db3:5432/shop");
        Properties properties = url.jdbcProperties();
        assertThat(properties)
                .containsEntry("user", "app")
                .containsEntry("password", "s3cret")
                .containsEntry("sslmode", "require")
                .containsEntry("options", "-c geqo=off")
                .containsEntry("ApplicationName", "cache")
                .containsEntry("connectTimeout", "3");
    }

    @Test
    void fillsInDefaults() {
        UpstreamUrl url = UpstreamUrl.parse("postgres://localhost");
        assertThat(url.hosts()).containsExactly(new HostPort("localhost", 5432));
        assertThat(url.user()).isEqualTo(System.getProperty("user.name"));
        assertThat(url.database()).isEqualTo(url.user());
        assertThat(url.password()).isNull();
        assertThat(url.sslMode()).isEqualTo(SslMode.PREFER);
        assertThat(url.sslRootCert()).isNull();
        assertThat(url.jdbcProperties())
                .containsEntry("ApplicationName", "sqlmem")
                .doesNotContainKey("password");
        assertThat(UpstreamUrl.parse("postgresql://me@localhost/").database()).isEqualTo("me");
    }

    @Test
    void decodesPercentsAndNothingElse() {
        UpstreamUrl url = UpstreamUrl.parse("postgresql://j%C3%BCrgen:a%2Fb%3Ac+d@h/my%20db%2B");
        assertThat(url.user()).isEqualTo("jürgen");
        assertThat(url.password()).isEqualTo("a/b:c+d");
        assertThat(url.database()).isEqualTo("my db+");
        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://h:5432/my+db%2B");
    }

    @Test
    void takesCredentialsAndHostsFromTheQuery() {
        UpstreamUrl url = UpstreamUrl.parse("postgresql:///?host=a,b&port=1,2&user=u&password=p&dbname=d");
        assertThat(url.hosts()).isEqualTo(List.of(new HostPort("a", 1), new HostPort("b", 2)));
        assertThat(url.user()).isEqualTo("u");
        assertThat(url.password()).isEqualTo("p");
        assertThat(url.database()).isEqualTo("d");
    }

    @Test
    void hidesSecrets() {
        UpstreamUrl url = UpstreamUrl.parse("postgresql://app:s3cret@db/shop?sslpassword=hush&sslmode=prefer");
        assertThat(url).hasToString("postgresql://app:***@db:5432/shop?sslpassword=***&sslmode=prefer");
        assertThat(UpstreamUrl.parse("postgresql://h/d?password=s3cret&user=u"))
                .hasToString("postgresql://u:***@h:5432/d");
    }

    @Test
    void changesOnlyTheDatabase() {
        UpstreamUrl url = UpstreamUrl.parse("postgresql://app:s3cret@db/shop?sslmode=disable");
        UpstreamUrl other = url.withDatabase("stock");
        assertThat(other.database()).isEqualTo("stock");
        assertThat(other.password()).isEqualTo("s3cret");
        assertThat(other.hosts()).isEqualTo(url.hosts());
        assertThat(other.sslMode()).isEqualTo(SslMode.DISABLE);
    }

    @Test
    void verifiesTheAuthorityThatItIsGiven() {
        UpstreamUrl url = UpstreamUrl.parse("postgresql://h/d?sslmode=require&sslrootcert=/etc/ca.pem");
        assertThat(url.sslMode()).isEqualTo(SslMode.VERIFY_CA);
        assertThat(url.jdbcProperties())
                .containsEntry("sslmode", "verify-ca")
                .containsEntry("sslrootcert", "/etc/ca.pem");
        UpstreamUrl system = UpstreamUrl.parse("postgresql://h/d?sslrootcert=system");
        assertThat(system.sslMode()).isEqualTo(SslMode.VERIFY_FULL);
        assertThat(system.jdbcProperties()).containsKey("sslfactory").doesNotContainKey("sslrootcert");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mysql://h/d                            | must start with postgresql://
            h:5432/d                               | must start with postgresql://
            postgresql://u:s3cret@h:port/d         | "port" is not a number
            postgresql://u:s3cret@h:0/d            | 0 is not in 1 to 65535
            postgresql://u:s3cret@h:65536/d        | 65536 is not in 1 to 65535
            postgresql://u:s3cret@h:99999999999/d  | is not a number in 1 to 65535
            postgresql://u:s3cret@/d               | empty host
            postgresql://u:s3cret@a,,b/d           | empty host
            postgresql://u:s3cret@%2Frun/d         | sockets (/run) are not supported
            postgresql://u:s3cret@::1/d            | stands in brackets
            postgresql://u:s3cret@[::1/d           | lacks its closing bracket
            postgresql://u:s3cret@[::1]x:1/d       | unexpected text
            postgresql://u:s3cret%2@h/d            | without two hexadecimal digits
            postgresql://u:s3cret%00@h/d           | without two hexadecimal digits
            postgresql://u:s3cret@h/d?sslmode=on   | unknown sslmode "on"; it is one of disable, allow
            postgresql://u:s3cret@h/d?sslmod=x     | unknown parameter "sslmod"
            postgresql://u:s3cret@h/d?sslmode      | lacks its "="
            postgresql://u:s3cret@a,b/d?port=1,2,3 | 2 hosts and 3 ports
            postgresql://u:s3cret@h/d?connect_timeout=soon          | connect_timeout "soon" is not a number
            postgresql://u:s3cret@h/d?target_session_attrs=mine     | unknown target_session_attrs "mine"
            postgresql://u:s3cret@h/d?sslrootcert=system&sslmode=require | needs sslmode=verify-full
            """)
    void saysWhatIsWrong(String text, String message) {
        assertThatThrownBy(() -> UpstreamUrl.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"})
    void knowsEverySslMode(String mode) {
        assertThat(UpstreamUrl.parse("postgresql://h/d?sslmode=" + mode)
                        .sslMode()
                        .text())
                .isEqualTo(mode);
    }
}
