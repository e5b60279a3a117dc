import { Global, Module } from '@nestjs/common';
import { Config } from '../config/config.js';
import { MailTransport } from './mail.js';
import { Mailer } from './mailer.js';
import { MailboxController } from './mailbox.controller.js';
import { Mailbox } from './mailbox.js';

@Global()
@Module({
  controllers: [MailboxController],
  providers: [
    Mailer,
    {
      provide: MailTransport,
      inject: [Config],
      useFactory: async (config: Config) => {
        if (!config.smtpUrl) return new Mailbox(config);
        const { SmtpTransport } = await import('./smtp.js');
        return new SmtpTransport(config);
      },
    },
  ],
  exports: [Mailer, MailTransport],
})
export class MailModule {}
