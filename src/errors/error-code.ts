const systemCode =
  /^(?:EACCES|EADDRINUSE|EADDRNOTAVAIL|EAGAIN|EAI_AGAIN|EBUSY|ECANCELED|ECONNABORTED|ECONNREFUSED|ECONNRESET|EEXIST|EHOSTDOWN|EHOSTUNREACH|EINVAL|EIO|EISDIR|EMFILE|EMSGSIZE|ENETDOWN|ENETUNREACH|ENFILE|ENOBUFS|ENOENT|ENOMEM|ENOSPC|ENOTCONN|ENOTDIR|ENOTFOUND|EPERM|EPIPE|EPROTO|EROFS|ETIMEDOUT|ERR_STREAM_PREMATURE_CLOSE|ERR_TLS_CERT_ALTNAME_INVALID|CERT_HAS_EXPIRED|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT_LOCALLY|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UND_ERR_BODY_TIMEOUT|UND_ERR_CONNECT_TIMEOUT|UND_ERR_HEADERS_TIMEOUT|UND_ERR_SOCKET)$/;

/** The code of the system or of Node's network, which `fetch` keeps one cause deeper. Any other code could be any text. */
export function errorCode(error: unknown): string | undefined {
  const { code, cause } = Object(error) as { readonly code?: unknown; readonly cause?: unknown };
  const { code: deeper } = Object(cause) as { readonly code?: unknown };
  return [code, deeper].find((given): given is string => typeof given === 'string' && systemCode.test(given));
}
