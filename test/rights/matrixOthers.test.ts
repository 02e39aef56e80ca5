/** The other half of the states of the matrix. */
import { halfOfStates, testMatrix } from './matrix.ts';

testMatrix(halfOfStates(1));
