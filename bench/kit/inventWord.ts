const syllables =
  'ba be bi bo bu da de di do du fa fe fi fo ga go la le li lo lu ma me mi mo mu na ne ni no pa pe pi po ra re ri ro sa se si so ta te ti to va ve vi vo'.split(
    ' ',
  );

/** A name that nobody has, another one for each number below a hundred thousand (of three syllables), all over the alphabet. */
export function inventWord(number: number, length = 3): string {
  const count = syllables.length ** length;
  let rest = (number * 7919) % count;
  let word = '';
  for (let place = 0; place < length; place++) {
    word += syllables[rest % syllables.length]!;
    rest = Math.floor(rest / syllables.length);
  }
  return word[0]!.toUpperCase() + word.slice(1);
}
