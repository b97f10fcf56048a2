/** What is told of an error, on one line: of a file that cannot be had, its name and what is wrong with it. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code = '', path } = error as NodeJS.ErrnoException;
  const wrong = WRONG_WITH_FILES[code];
  return path !== undefined && wrong ? `${path} ${wrong}.` : error.message;
}

const WRONG_WITH_FILES: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder, not a file',
  ENOTDIR: 'lies in something that is no folder',
  EACCES: 'may not be opened',
};
