package dev.sqlmem.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.sqlmem.server.ProxyServer;
import dev.sqlmem.server.StartupException;
import dev.sqlmem.settings.DataSize;
import dev.sqlmem.settings.Flag;
import dev.sqlmem.settings.ListenAddress;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code check} finds about this machine: ports, files, memory, the certificate. Leaves nothing behind. */
final class MachineCheck {
    private static final Duration SOON = Duration.ofDays(30);
    private static final long MEMORY_FOR_OTHERS = 5;

    private final Configuration configuration;
    private final List<Finding> findings = new ArrayList<>();

    private MachineCheck(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Looks at what the configuration needs of this machine. */
    static List<Finding> of(Configuration configuration) {
        MachineCheck check = new MachineCheck(configuration);
        check.port(Flag.LISTEN, configuration.proxy().listen());
        ListenAddress http = configuration.proxy().http();
        if (http != null) {
            check.port(Flag.HTTP, http);
        }
        check.memory();
        Path cacheDb = configuration.proxy().cacheDb();
        if (cacheDb != null) {
            check.cacheDb(cacheDb.toAbsolutePath());
        }
        configuration.log().targets().stream()
                .filter(target -> !LogTargets.isConsole(target))
                .forEach(target -> check.logFile(Path.of(target).toAbsolutePath()));
        check.certificate(configuration.proxy().tlsCert(), configuration.proxy().tlsKey());
        return check.findings;
    }

    private void port(Flag flag, ListenAddress address) {
        String subject = flag.label() + " " + address;
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(
                    address.host().isEmpty()
                            ? new InetSocketAddress(address.port())
                            : new InetSocketAddress(InetAddress.getByName(address.host()), address.port()));
            findings.add(Finding.ok(subject, "the port is free"));
        } catch (IOException taken) {
            findings.add(Finding.fix(
                    subject,
                    "cannot listen there: " + taken.getMessage(),
                    "Another program, or a running SQLmem, may have the port. Stop it or choose another with "
                            + flag.option() + (flag == Flag.HTTP ? " (or off)." : ".")));
        }
    }

    private void memory() {
        long machine =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
        long limit = configuration.proxy().memoryLimit().bytes();
        String text = "the cached tables may take " + configuration.proxy().memoryLimit() + " of the machine's "
                + new DataSize(machine);
        findings.add(
                limit <= machine - machine / MEMORY_FOR_OTHERS
                        ? Finding.ok("memory", text)
                        : Finding.look(
                                "memory",
                                text + ", which leaves too little for Java and for others",
                                "Lower --memory-limit to three quarters of the memory or less."));
    }

    private void cacheDb(Path file) {
        Path directory = file.getParent();
        if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
            findings.add(Finding.look(
                    "cache-db",
                    "cannot write into " + directory + ": the cache would not survive a restart",
                    "Create the directory for this user, or say --cache-db none."));
            return;
        }
        if (Files.exists(file) && (!Files.isReadable(file) || !Files.isRegularFile(file))) {
            findings.add(Finding.look(
                    "cache-db", file + " cannot be read", "Give it to this user, or name another with --cache-db."));
            return;
        }
        try {
            long free = Files.getFileStore(directory).getUsableSpace();
            // The new file is whole before the old one goes.
            String text = file + ", " + new DataSize(Math.max(1, free)) + " free";
            findings.add(
                    free >= configuration.proxy().memoryLimit().bytes()
                            ? Finding.ok("cache-db", text)
                            : Finding.look(
                                    "cache-db",
                                    text + ": a full cache of "
                                            + configuration.proxy().memoryLimit() + " could not be saved",
                                    "Make room, or name a file on another disk with --cache-db."));
        } catch (IOException unknown) {
            findings.add(Finding.ok("cache-db", file + ", free space unknown"));
        }
    }

    private void logFile(Path file) {
        Path directory = file.getParent();
        boolean writable;
        if (Files.exists(file)) {
            writable = Files.isRegularFile(file) && Files.isWritable(file);
        } else {
            writable = directory != null && Files.isDirectory(directory) && Files.isWritable(directory);
        }
        findings.add(
                writable
                        ? Finding.ok("log", file.toString())
                        : Finding.fix(
                                "log",
                                "cannot write " + file,
                                "Create the directory for this user, or name another file with --log."));
    }

    private void certificate(@Nullable Path certificate, @Nullable Path key) {
        if (certificate == null || key == null) {
            findings.add(Finding.ok(
                    "client TLS",
                    configuration.proxy().listen().isLoopback()
                            ? "off; only this machine can connect"
                            : "off, as --allow-plain-public asks"));
            return;
        }
        try (InputStream in = Files.newInputStream(certificate)) {
            ProxyServer.tryCertificate(certificate, key);
            var first =
                    (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            validity(certificate, first);
        } catch (StartupException | IOException | CertificateException unusable) {
            findings.add(Finding.fix(
                    "client TLS",
                    String.valueOf(unusable.getMessage()),
                    "Give a certificate and its key with --tls-cert and --tls-key."));
        }
    }

    private void validity(Path file, X509Certificate certificate) {
        Instant end = certificate.getNotAfter().toInstant();
        String text = file + ", valid until " + end;
        findings.add(
                Instant.now().plus(SOON).isBefore(end)
                        ? Finding.ok("client TLS", text)
                        : Finding.look(
                                "client TLS",
                                text,
                                "Replace the two files and send the proxy SIGHUP; it need not stop."));
    }
}
