import { Command } from 'commander';
import { candidatesCommand, leaveOneOutCommand } from './evaluate-candidates.command.ts';
import { coldStartCommand } from './evaluate-cold-start.command.ts';
import { crossDomainCommand } from './evaluate-cross-domain.command.ts';
import { rankingCommand } from './evaluate-ranking.command.ts';
import { ratingCommand } from './evaluate-rating.command.ts';

/** `evaluate`: measures recommenders on files. Needs no database. Failures are thrown to the program's one handler. */
export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('Measure recommenders on files of interactions. Needs no database.')
    .addCommand(rankingCommand())
    .addCommand(ratingCommand())
    .addCommand(candidatesCommand())
    .addCommand(leaveOneOutCommand())
    .addCommand(crossDomainCommand())
    .addCommand(coldStartCommand());
}
