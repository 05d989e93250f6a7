import { expose } from '../../../src/threads/rpc';
import { Searcher } from './searcher';

expose(new Searcher());
