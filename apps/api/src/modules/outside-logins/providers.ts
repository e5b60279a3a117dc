import { Injectable } from '@nestjs/common';
import { Config } from '../../platform/config/config.js';
import { notFound } from '../../platform/http/problem.js';
import { GithubStrategy } from './github.strategy.js';
import { OpenidStrategy } from './openid.strategy.js';
import type { OutsideStrategy } from './outside.strategy.js';

/** The sites at which people can log in, in the order of the settings. */
@Injectable()
export class Providers {
  readonly all: readonly OutsideStrategy[];

  constructor({ openidProviders, github, publicUrl }: Config) {
    const callback = (name: string) => new URL(`/login/with/${name}/callback`, publicUrl);
    this.all = [
      ...openidProviders.map((provider) => new OpenidStrategy(provider, callback(provider.name))),
      ...(github ? [new GithubStrategy(github, callback('github'))] : []),
    ];
  }

  named(name: string): OutsideStrategy {
    const found = this.all.find((provider) => provider.name === name);
    if (!found) throw notFound();
    return found;
  }

  /** Null for one that is no longer among the settings. */
  ofIssuer(issuer: string): OutsideStrategy | null {
    return this.all.find((provider) => provider.issuer === issuer) ?? null;
  }
}
