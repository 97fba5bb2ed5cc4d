import { Redis as UpstashRedis } from '@upstash/redis';
import { Redis as CloudflareRedis } from '@upstash/redis/cloudflare';
import { Cluster, Redis as IoRedis } from 'ioredis';
import { createClient, createClientPool, createCluster, createSentinel } from 'redis';
import { redisStore } from '../../src/stores/redis.ts';
import { upstashStore } from '../../src/stores/upstash.ts';

// Every client is taken as it is, without a cast.
upstashStore(UpstashRedis.fromEnv());
upstashStore(new CloudflareRedis({ url: '', token: '' }));
redisStore(new IoRedis());
redisStore(new Cluster([]));
redisStore(createClient());
redisStore(createClient({ RESP: 2 }));
redisStore(createClient({ RESP: 3 }));
redisStore(createClientPool());
redisStore(createCluster({ rootNodes: [] }));
redisStore(createSentinel({ name: '', sentinelRootNodes: [] }));

// @ts-expect-error a client of another service is refused
redisStore(UpstashRedis.fromEnv());
