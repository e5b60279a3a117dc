import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { MailTransport } from './mail.js';
import { MailboxController } from './mailbox.controller.js';
import { Mailbox } from './mailbox.js';
import { SmtpTransport } from './smtp.js';

@Global()
@Module({
  controllers: [MailboxController],
  providers: [
    {
      provide: MailTransport,
      inject: [Config],
      useFactory: (config: Config) =>
        config.smtpUrl ? new SmtpTransport(config) : new Mailbox(config),
    },
  ],
  exports: [MailTransport],
})
export class MailModule {}
