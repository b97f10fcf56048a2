import { Command } from 'commander';
import { User } from '../users/index.ts';
import { print } from './output.ts';
import { withPlatform } from './with-platform.ts';

/** `session`: for trying the API as somebody who has no password, such as an imported learner. */
export function sessionCommand(): Command {
  return new Command('session')
    .description('Open a session for a person and print its token, for support and for trials.')
    .argument('<person>', 'e-mail address, or the name an import gave: mooccubex:17')
    .addHelpText('after', '\nSend the token as "Authorization: Bearer <token>". Whoever has it is that person.')
    .action((person: string) =>
      withPlatform(async ({ platform, services }) => {
        const em = platform.database.orm.em.fork();
        const user =
          (await services.users.findByEmail(em, person)) ?? (await em.findOne(User, { externalRef: person }));
        if (!user) throw new Error(`There is nobody with the e-mail address or reference "${person}".`);
        print((await services.access.openSession(user)).token);
      }),
    );
}
