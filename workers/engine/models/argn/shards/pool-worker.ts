import { expose } from '../../../../../src/threads/rpc';
import { Shard } from './shard';

expose(new Shard());
