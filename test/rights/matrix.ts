import { states } from './states.ts';
import type { State } from './states.ts';
import { testRow } from './testRow.ts';

/**
 * What each state gives, in the order: see, read, write, share, own, delete a sub-folder, open the link.
 * y: yes, f: forbidden (one may know that it is there), a: absent (one may not).
 */
export const matrix: Readonly<Record<string, string>> = {
  //                                              see read add write share own deleteSub link
  owner: '                                         y   y    y   y     y    y   y         a',
  'admin, accepted': '                             y   y    y   y     y    f   y         a',
  'manager, accepted': '                           y   y    y   y     f    f   y         a',
  'contributor, accepted': '                       y   y    y   f     f    f   f         a',
  'viewer, accepted': '                            y   y    f   f     f    f   f         a',
  'none, accepted': '                              a   a    a   a     a    a   a         a',
  'admin, waiting': '                              a   y    y   y     y    f   y         a',
  'manager, waiting': '                            a   y    y   y     f    f   y         a',
  'contributor, waiting': '                        a   y    y   f     f    f   f         a',
  'viewer, waiting': '                             a   y    f   f     f    f   f         a',
  'none, waiting': '                               a   a    a   a     a    a   a         a',
  'admin, declined': '                             a   a    a   a     a    a   a         a',
  'manager, declined': '                           a   a    a   a     a    a   a         a',
  'contributor, declined': '                       a   a    a   a     a    a   a         a',
  'viewer, declined': '                            a   a    a   a     a    a   a         a',
  'manager, ended by the owner': '                 a   a    a   a     a    a   a         a',
  'manager, past the end date': '                  a   a    a   a     a    a   a         a',
  'member of a group that is manager': '           y   y    y   y     f    f   y         a',
  'former member of a group that is manager': '    a   a    a   a     a    a   a         a',
  'viewer who is manager through a group': '       y   y    y   y     f    f   y         a',
  'viewer through a group, « none » in person': '  y   y    f   f     f    f   f         a',
  'guest, who came': '                             y   y    f   f     f    f   f         a',
  'guest who contributes': '                       y   y    y   f     f    f   f         a',
  'member of a group that is contributor': '       y   y    y   f     f    f   f         a',
  'contributor whose share is to look only, now': 'y   y    f   f     f    f   f         a',
  'guest, ended by the owner': '                   a   a    a   a     a    a   a         a',
  stranger: '                                      a   a    a   a     a    a   a         a',
  'anybody with the public link': '                a   a    a   a     a    a   a         y',
};

/** Tries everything in these states. */
export function testMatrix(some: readonly State[]): void {
  for (const state of some)
    testRow(state, matrix[state.name]!, ({ name }, usual) =>
      // Guests have no folder of their own to copy into.
      state.name.startsWith('guest') && name === 'copies a card to their own account' ? 'absent' : usual,
    );
}

/** Those that one of the two files tries: together they are too many for one. */
export const halfOfStates = (half: 0 | 1): readonly State[] => states.filter((_, index) => index % 2 === half);
