import { createHash } from 'node:crypto';
import { errors, type JWTPayload, jwtVerify } from 'jose';
import { isSourceName, ProblemError } from '@simpul/contracts';
import { type Caller } from './caller.js';
import { IssuerKeys } from './issuer-keys.js';

export interface TokenVerifierOptions {
  /** Issuer identifier, exactly as in the tokens. */
  issuer: string;
  audience: string;
  /** Default `<issuer>/jwks`. */
  jwksUrl?: string;
}

/** Longest life of a token, seconds, and how far clocks may differ. */
const MAX_AGE_S = 300;
const TOLERANCE_S = 5;
const REMEMBERED_MOST = 5_000;

/** Verifies access tokens (RFC 9068, ES256) with the issuer's cached keys, and remembers them by digest until they expire. */
export class TokenVerifier {
  private readonly keys: IssuerKeys;
  private readonly known = new Map<string, { caller: Caller; until: number }>();

  constructor(private readonly options: TokenVerifierOptions) {
    this.keys = new IssuerKeys(options.jwksUrl ?? `${options.issuer}/jwks`);
  }

  /** Throws a 401 problem for a token that is not good, 503 when the issuer's keys cannot be had. */
  readonly verify = async (token: string): Promise<Caller> => {
    const digest = createHash('sha256').update(token).digest('base64');
    const known = this.known.get(digest);
    if (known && known.until > Date.now()) return known.caller;
    const payload = await this.payloadOf(token);
    const caller = toCaller(payload);
    this.remember(digest, caller, Math.min(Number(payload.exp), Number(payload.iat) + MAX_AGE_S) * 1000);
    return caller;
  };

  private async payloadOf(token: string): Promise<JWTPayload> {
    try {
      const { payload } = await jwtVerify(token, this.keys.find, {
        issuer: this.options.issuer,
        audience: this.options.audience,
        typ: 'at+jwt',
        algorithms: ['ES256'],
        requiredClaims: ['exp', 'iat', 'client_id', 'source', 'scope'],
        maxTokenAge: MAX_AGE_S,
        clockTolerance: TOLERANCE_S,
      });
      return payload;
    } catch (cause) {
      if (cause instanceof errors.JWTExpired) throw refused('token.expired', cause);
      if (cause instanceof errors.JOSEError) throw refused('token.invalid', cause);
      throw cause;
    }
  }

  private remember(digest: string, caller: Caller, until: number): void {
    this.known.delete(digest);
    const oldest = this.known.size >= REMEMBERED_MOST ? this.known.keys().next().value : undefined;
    if (oldest !== undefined) this.known.delete(oldest);
    this.known.set(digest, { caller, until });
  }
}

function toCaller(payload: JWTPayload): Caller {
  const { client_id: clientId, source, scope } = payload;
  // What is accepted under a name that no envelope can carry would be lost.
  if (!isText(clientId) || !isSourceName(source) || typeof scope !== 'string') throw refused('token.invalid');
  return { clientId, source, scopes: scope.split(' ').filter(Boolean) };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const refused = (code: 'token.invalid' | 'token.expired', cause?: unknown): ProblemError =>
  new ProblemError(code, {
    headers: { 'www-authenticate': 'Bearer realm="simpul", error="invalid_token"' },
    cause,
  });
