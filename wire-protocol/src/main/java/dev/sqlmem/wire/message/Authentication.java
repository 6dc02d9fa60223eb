package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** A step of the log-in. All of them share one tag; the body's first four bytes tell them apart. */
public sealed interface Authentication extends BackendMessage
        permits AuthenticationCleartextPassword,
                AuthenticationGSS,
                AuthenticationGSSContinue,
                AuthenticationKerberosV5,
                AuthenticationMD5Password,
                AuthenticationOk,
                AuthenticationSASL,
                AuthenticationSASLContinue,
                AuthenticationSASLFinal,
                AuthenticationSSPI {

    /** Reads the request from its body. */
    static Authentication decode(ByteBuf body) {
        int code = Body.int32(body);
        Authentication request = switch (code) {
            case AuthenticationOk.OK -> AuthenticationOk.INSTANCE;
            case AuthenticationKerberosV5.KERBEROS_V5 -> AuthenticationKerberosV5.INSTANCE;
            case AuthenticationCleartextPassword.CLEARTEXT_PASSWORD -> AuthenticationCleartextPassword.INSTANCE;
            case AuthenticationMD5Password.MD5_PASSWORD -> new AuthenticationMD5Password(Body.rest(body));
            case AuthenticationGSS.GSS -> AuthenticationGSS.INSTANCE;
            case AuthenticationGSSContinue.GSS_CONTINUE -> new AuthenticationGSSContinue(Body.rest(body));
            case AuthenticationSSPI.SSPI -> AuthenticationSSPI.INSTANCE;
            case AuthenticationSASL.SASL -> AuthenticationSASL.decodeMechanisms(body);
            case AuthenticationSASLContinue.SASL_CONTINUE -> new AuthenticationSASLContinue(Body.rest(body));
            case AuthenticationSASLFinal.SASL_FINAL -> new AuthenticationSASLFinal(Body.rest(body));
            default -> throw new ProtocolException("unknown authentication request " + code);
        };
        Body.end(body);
        return request;
    }
}
