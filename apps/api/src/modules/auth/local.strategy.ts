import { Injectable } from '@nestjs/common';
import { Strategy } from 'passport-local';
import { Config } from '../../platform/config/config.js';
import { readCookie } from '../../platform/http/cookies.js';
import { AuthService } from './auth.service.js';
import { DEVICE_COOKIE } from './devices.js';

/** Logs in with email and password. */
@Injectable()
export class LocalStrategy extends Strategy {
  constructor(auth: AuthService, config: Config) {
    super({ usernameField: 'email', passReqToCallback: true }, (request, email, password, done) => {
      const device = readCookie(request, config, DEVICE_COOKIE.name);
      auth.authenticate({ email, password }, device).then((proof) => done(null, proof), done);
    });
  }
}
