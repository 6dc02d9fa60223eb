package dev.sqlmem.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/** Answers the requests of one connection in their order. */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
    private static final Logger LOG = LogManager.getLogger(RequestHandler.class);
    private static final int MOST_UNANSWERED = 16;
    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final StatusSource source;
    private final Executor worker;
    private final boolean local;
    private CompletableFuture<?> previous = CompletableFuture.completedFuture(null);
    private int unanswered;

    /** @param local whether the connection came in on the loopback address */
    RequestHandler(StatusSource source, Executor worker, boolean local) {
        this.source = source;
        this.worker = worker;
        this.local = local;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        if (++unanswered > MOST_UNANSWERED) {
            context.close();
            return;
        }
        boolean withBody = !request.method().equals(HttpMethod.HEAD);
        boolean malformed = request.decoderResult().isFailure();
        previous = previous.thenCombine(reply(context, request), (before, reply) -> {
            unanswered--;
            FullHttpResponse message = reply.message(withBody);
            if (malformed) {
                message.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE); // where does it end?
            }
            return context.writeAndFlush(message);
        });
    }

    private CompletableFuture<Reply> reply(ChannelHandlerContext context, FullHttpRequest request) {
        Throwable malformed = request.decoderResult().cause();
        if (malformed != null) {
            return now(Reply.text(statusOf(malformed), "not a request that can be read"));
        }
        if (local && !HostCheck.isLocal(request.headers().get(HttpHeaderNames.HOST))) {
            return now(Reply.text(
                    HttpResponseStatus.MISDIRECTED_REQUEST,
                    "this is SQLmem on a loopback address: ask for it as localhost or by its IP address"));
        }
        String uri = request.uri();
        int query = uri.indexOf('?');
        String path;
        if (query < 0) {
            path = uri;
        } else {
            path = uri.substring(0, query);
        }
        @Nullable Supplier<CompletableFuture<Reply>> found = resource(context, path);
        if (found == null) {
            return now(Reply.text(
                    HttpResponseStatus.NOT_FOUND, "nothing here; there are / /status.json /metrics /healthz /readyz"));
        }
        if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
            return now(Reply.text(HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET and HEAD"));
        }
        return found.get();
    }

    private @Nullable Supplier<CompletableFuture<Reply>> resource(ChannelHandlerContext context, String path) {
        return switch (path) {
            case "/" -> () -> now(StatusPage.REPLY);
            case "/healthz" -> () -> now(Reply.text(HttpResponseStatus.OK, "ok"));
            case "/readyz" -> () -> now(readiness(source.unready()));
            case "/status.json" ->
                () -> later(context, () -> Reply.data("application/json", StatusJson.of(source.snapshot())));
            case "/metrics" -> () -> later(context, () -> Reply.data(METRICS_TYPE, Metrics.of(source.snapshot())));
            default -> null;
        };
    }

    private static Reply readiness(List<String> unready) {
        if (unready.isEmpty()) {
            return Reply.text(HttpResponseStatus.OK, "ready");
        }
        return Reply.text(HttpResponseStatus.SERVICE_UNAVAILABLE, "not ready: " + String.join("; ", unready));
    }

    private static CompletableFuture<Reply> now(Reply reply) {
        return CompletableFuture.completedFuture(reply);
    }

    private CompletableFuture<Reply> later(ChannelHandlerContext context, Supplier<Reply> making) {
        try {
            return CompletableFuture.supplyAsync(making, worker)
                    .exceptionally(RequestHandler::failed)
                    .thenApplyAsync(reply -> reply, context.executor());
        } catch (RejectedExecutionException stopping) {
            return now(Reply.text(HttpResponseStatus.SERVICE_UNAVAILABLE, "the proxy is stopping"));
        }
    }

    private static Reply failed(Throwable failure) {
        LOG.error("the status cannot be shown", failure);
        return Reply.text(HttpResponseStatus.INTERNAL_SERVER_ERROR, "the status cannot be shown; see the log");
    }

    private static HttpResponseStatus statusOf(Throwable malformed) {
        if (malformed instanceof TooLongHttpLineException) {
            return HttpResponseStatus.REQUEST_URI_TOO_LONG;
        }
        if (malformed instanceof TooLongHttpHeaderException) {
            return HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE;
        }
        return HttpResponseStatus.BAD_REQUEST;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.debug("a status client's connection ends: {}", cause.getMessage());
        context.close();
    }
}
