package dev.sqlmem.cli;

import dev.sqlmem.server.ProxyConfig;

/**
 * Every setting of {@code serve}, checked. Built by {@link ConfigurationReader}.
 *
 * @param proxy what the proxy needs to know; its rows of {@code sqlmem.settings} are those of the log too
 * @param log what is logged, where and how
 */
record Configuration(ProxyConfig proxy, LogSettings log) {}
