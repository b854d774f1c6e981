import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  ForbiddenException,
  Inject,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';

interface Incoming {
  headers: { authorization?: string };
  caller?: JWTPayload;
}

/** What a token must say. */
export const EXPECTED = 'EXPECTED';

export interface ExpectedToken {
  issuer: string;
  audience: string;
}

/** As the chapter on authentication of Nest's documentation has it: the token of each request is verified. */
@Injectable()
export class TokenGuard implements CanActivate {
  private readonly keys: ReturnType<typeof createRemoteJWKSet>;

  constructor(@Inject(EXPECTED) private readonly expected: ExpectedToken) {
    this.keys = createRemoteJWKSet(new URL(`${expected.issuer}/jwks`));
  }

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<Incoming>();
    const [type, token] = request.headers.authorization?.split(' ') ?? [];
    if (type !== 'Bearer' || !token) throw new UnauthorizedException();
    const { payload } = await jwtVerify(token, this.keys, this.expected).catch((cause: unknown) => {
      throw new UnauthorizedException(undefined, { cause });
    });
    if (!String(payload['scope']).split(' ').includes('persons:read')) throw new ForbiddenException();
    request.caller = payload;
    return true;
  }
}

/** The verified claims. */
export const Verified = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<Incoming>().caller,
);
