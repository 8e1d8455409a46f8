SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;
SET default_tablespace = '';
SET default_table_access_method = heap;
CREATE TABLE public.api_tokens (
    id text NOT NULL COLLATE pg_catalog."C",
    token_hash text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    company_id text NOT NULL COLLATE pg_catalog."C",
    label text NOT NULL COLLATE pg_catalog."C",
    created_at_ms bigint NOT NULL,
    expires_at_ms bigint
);
CREATE TABLE public.bindings (
    id text NOT NULL COLLATE pg_catalog."C",
    address_of_record text NOT NULL COLLATE pg_catalog."C",
    company_id text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    device_id text NOT NULL COLLATE pg_catalog."C",
    expires_at_ms bigint NOT NULL,
    more text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.call_users (
    user_id text NOT NULL COLLATE pg_catalog."C",
    call_id text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.calls (
    id text NOT NULL COLLATE pg_catalog."C",
    company_id text NOT NULL COLLATE pg_catalog."C",
    direction text NOT NULL COLLATE pg_catalog."C",
    started_at_ms bigint NOT NULL,
    answered_at_ms bigint,
    ended_at_ms bigint,
    last_audio_at_ms bigint,
    caller_number text NOT NULL COLLATE pg_catalog."C",
    caller_name text COLLATE pg_catalog."C",
    caller_user_id text COLLATE pg_catalog."C",
    dialled text NOT NULL COLLATE pg_catalog."C",
    called_number text NOT NULL COLLATE pg_catalog."C",
    called_name text COLLATE pg_catalog."C",
    called_user_id text COLLATE pg_catalog."C",
    trunk_id text COLLATE pg_catalog."C",
    termination text COLLATE pg_catalog."C",
    cost_micros bigint
);
CREATE TABLE public.companies (
    id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    country text NOT NULL COLLATE pg_catalog."C",
    main_number text COLLATE pg_catalog."C",
    more text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.device_secrets (
    device_id text NOT NULL COLLATE pg_catalog."C",
    algorithm text NOT NULL COLLATE pg_catalog."C",
    realm text NOT NULL COLLATE pg_catalog."C",
    sealed text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.devices (
    id text NOT NULL COLLATE pg_catalog."C",
    company_id text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    domain text NOT NULL COLLATE pg_catalog."C",
    label text NOT NULL COLLATE pg_catalog."C",
    sip_username text NOT NULL COLLATE pg_catalog."C",
    keying text NOT NULL COLLATE pg_catalog."C",
    encryption_required integer NOT NULL
);
CREATE TABLE public.domains (
    name text NOT NULL COLLATE pg_catalog."C",
    company_id text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.events (
    number bigint NOT NULL,
    at_ms bigint NOT NULL,
    company_id text NOT NULL COLLATE pg_catalog."C",
    call_id text COLLATE pg_catalog."C",
    kind text NOT NULL COLLATE pg_catalog."C",
    data text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.legs (
    id text NOT NULL COLLATE pg_catalog."C",
    call_id text NOT NULL COLLATE pg_catalog."C",
    company_id text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    party_number text NOT NULL COLLATE pg_catalog."C",
    party_name text COLLATE pg_catalog."C",
    party_user_id text COLLATE pg_catalog."C",
    device_id text COLLATE pg_catalog."C",
    trunk_id text COLLATE pg_catalog."C",
    sip_call_id text COLLATE pg_catalog."C",
    remote_address text COLLATE pg_catalog."C",
    started_at_ms bigint NOT NULL,
    answered_at_ms bigint,
    ended_at_ms bigint,
    termination text COLLATE pg_catalog."C",
    quality text COLLATE pg_catalog."C",
    keying text COLLATE pg_catalog."C",
    codec text COLLATE pg_catalog."C"
);
CREATE TABLE public.messages (
    number bigint NOT NULL,
    call_id text NOT NULL COLLATE pg_catalog."C",
    company_id text NOT NULL COLLATE pg_catalog."C",
    at_ms bigint NOT NULL,
    sip_call_id text NOT NULL COLLATE pg_catalog."C",
    direction text NOT NULL COLLATE pg_catalog."C",
    protocol text NOT NULL COLLATE pg_catalog."C",
    local text NOT NULL COLLATE pg_catalog."C",
    remote text NOT NULL COLLATE pg_catalog."C",
    text text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.numbers (
    company_id text NOT NULL COLLATE pg_catalog."C",
    number text NOT NULL COLLATE pg_catalog."C",
    is_direct integer NOT NULL,
    target text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.operators (
    user_id text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.passwords (
    user_id text NOT NULL COLLATE pg_catalog."C",
    hash text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.schema_version (
    version integer NOT NULL,
    name text NOT NULL COLLATE pg_catalog."C",
    applied_at_ms bigint NOT NULL
);
CREATE TABLE public.sessions (
    id text NOT NULL COLLATE pg_catalog."C",
    token_hash text NOT NULL COLLATE pg_catalog."C",
    user_id text NOT NULL COLLATE pg_catalog."C",
    company_id text NOT NULL COLLATE pg_catalog."C",
    created_at_ms bigint NOT NULL,
    expires_at_ms bigint NOT NULL,
    used_at_ms bigint NOT NULL,
    address text COLLATE pg_catalog."C"
);
CREATE TABLE public.settings (
    name text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.trunks (
    id text NOT NULL COLLATE pg_catalog."C",
    company_id text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    keying text NOT NULL COLLATE pg_catalog."C",
    more text NOT NULL COLLATE pg_catalog."C"
);
CREATE TABLE public.users (
    id text NOT NULL COLLATE pg_catalog."C",
    company_id text NOT NULL COLLATE pg_catalog."C",
    domain text NOT NULL COLLATE pg_catalog."C",
    name text NOT NULL COLLATE pg_catalog."C",
    display_name text NOT NULL COLLATE pg_catalog."C",
    extension text COLLATE pg_catalog."C",
    language text NOT NULL COLLATE pg_catalog."C",
    role text NOT NULL COLLATE pg_catalog."C",
    ring_seconds integer NOT NULL,
    more text NOT NULL COLLATE pg_catalog."C"
);
INSERT INTO public.bindings VALUES ('sip:201@demo.vaxel.test sip:201@127.0.0.1:19601;transport=UDP', 'sip:201@demo.vaxel.test', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7s69txh9113hxgk', '1m7ybyr13d4rrt4zab1g4q', 1795242363723, '{"id":"sip:201@demo.vaxel.test sip:201@127.0.0.1:19601;transport=UDP","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7s69txh9113hxgk","deviceId":"1m7ybyr13d4rrt4zab1g4q","addressOfRecord":"sip:201@demo.vaxel.test","contact":"sip:201@127.0.0.1:19601;transport=UDP","q":1,"callId":"1-26243@127.0.0.1","cseq":2,"path":[],"expiresAtMs":1795242363723,"registeredAtMs":1795241763723,"flow":{"id":"1m7ybyrvpgacjgxtvszd9g","protocol":"udp","localAddress":"127.0.0.1","localPort":18904,"remoteAddress":"127.0.0.1","remotePort":19601}}');
INSERT INTO public.bindings VALUES ('sip:202@demo.vaxel.test sip:202-0x5593475c1a30@127.0.0.1:11202', 'sip:202@demo.vaxel.test', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7tzmdfgrmzx6q1a', '1m7ybyr14g8ph5avvnc0h6', 1795242364703, '{"id":"sip:202@demo.vaxel.test sip:202-0x5593475c1a30@127.0.0.1:11202","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7tzmdfgrmzx6q1a","deviceId":"1m7ybyr14g8ph5avvnc0h6","addressOfRecord":"sip:202@demo.vaxel.test","contact":"sip:202-0x5593475c1a30@127.0.0.1:11202","instanceId":"urn:uuid:784a3a76-cf38-65d9-6620-dc7f2c7f36b8","q":1,"callId":"15e78eb71e14c489","cseq":18851,"path":[],"expiresAtMs":1795242364703,"registeredAtMs":1795241764703,"userAgent":"baresip v1.0.0 (x86_64/linux)","flow":{"id":"1m7ybystv8mh4yr02zd0h8","protocol":"udp","localAddress":"127.0.0.1","localPort":18904,"remoteAddress":"127.0.0.1","remotePort":11202}}');
INSERT INTO public.bindings VALUES ('sip:203@demo.vaxel.test sip:203-0x55e62da7da30@127.0.0.1:20002', 'sip:203@demo.vaxel.test', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7ta1f0q7g5bnz3n', '1m7ybyr14mv3qppk26aasj', 1795242364862, '{"id":"sip:203@demo.vaxel.test sip:203-0x55e62da7da30@127.0.0.1:20002","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7ta1f0q7g5bnz3n","deviceId":"1m7ybyr14mv3qppk26aasj","addressOfRecord":"sip:203@demo.vaxel.test","contact":"sip:203-0x55e62da7da30@127.0.0.1:20002","instanceId":"urn:uuid:970109ef-548d-67e8-8ef6-c04ed5bc3610","q":1,"callId":"d01354c7c22ed48e","cseq":36219,"path":[],"expiresAtMs":1795242364862,"registeredAtMs":1795241764862,"userAgent":"baresip v1.0.0 (x86_64/linux)","flow":{"id":"1m7ybyszt3q4aj59nh35kr","protocol":"udp","localAddress":"127.0.0.1","localPort":18904,"remoteAddress":"127.0.0.1","remotePort":20002}}');
INSERT INTO public.call_users VALUES ('1m7ybyq7s69txh9113hxgk', '1m7ybys0jer9xznj4tgpmh');
INSERT INTO public.call_users VALUES ('1m7ybyq7tzmdfgrmzx6q1a', '1m7ybyt03gcwvngqtp8xt8');
INSERT INTO public.call_users VALUES ('1m7ybyq7ta1f0q7g5bnz3n', '1m7ybyt03gcwvngqtp8xt8');
INSERT INTO public.calls VALUES ('1m7ybys0jer9xznj4tgpmh', '1m7ybyq7rczpsxe7aqngwk', 'internal', 1795241763858, 1795241763869, 1795241764180, NULL, '201', 'Anna Lindqvist', '1m7ybyq7s69txh9113hxgk', '600', '600', NULL, NULL, NULL, '{"blame":"nobody","reason":"caller-hung-up"}', NULL);
INSERT INTO public.calls VALUES ('1m7ybyt03gcwvngqtp8xt8', '1m7ybyq7rczpsxe7aqngwk', 'internal', 1795241764867, 1795241764879, NULL, NULL, '202', 'Oliver Hughes', '1m7ybyq7tzmdfgrmzx6q1a', '203', '203', 'Camille Fournier', '1m7ybyq7ta1f0q7g5bnz3n', NULL, NULL, NULL);
INSERT INTO public.companies VALUES ('1m7ybyq7rczpsxe7aqngwk', 'Vaxel Demo AB', 'SE', NULL, '{"limits":{},"emergencyNumbers":["112"]}');
INSERT INTO public.device_secrets VALUES ('1m7ybyr13d4rrt4zab1g4q', 'SHA-256', 'demo.vaxel.test', 'v1.HqdGtBHtZnkNtmWUh3ONzdugRXb2g8aY5vNiu2VmjYG0Lh+/i19IDgVAEiYQzNMetj9sHcVhe3f+1ueysGcRUVujOOzCprKogIijMClQ9RQ+949nbmn7rimItGc=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr13d4rrt4zab1g4q', 'MD5', 'demo.vaxel.test', 'v1.S9xRHK3tt8c/GA8WO+QiHheHGsV4JyPqE2f2XSxplvivsFriFVNvIbZkRpT5otFW1ciVS1NlHxuaCiSf');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14g8ph5avvnc0h6', 'SHA-256', 'demo.vaxel.test', 'v1.I4gQRYepOycqi9A/aCkqRKHj/taWq/QrQB05rcAZyr7RApCH3XEP1uV8bZ/2nf/MMxh6vW+i5tr1go3hzZvLF0TU2KNKeiOEg4ZDkh34Buc6f1qn3rTLQ4RXJU4=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14g8ph5avvnc0h6', 'MD5', 'demo.vaxel.test', 'v1.1pcMLFesM4on5zwg1bp5pfzvXXKaUKaEJ3AaF6vtTTRTBK1EqNjhg9IzSseBWblSVNsx2fvUEmElhhcy');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14mv3qppk26aasj', 'SHA-256', 'demo.vaxel.test', 'v1.TkilIAbnJHF2pKIzUDZLBfSHo/vMSTSUoS8/Pkp51XSZAuMsfzCdPkKDMe1UINyQjxDgbVdr5Uk6Dpeg42SJbPOe54GGu3hijFZhcRp2MHYqCxIdf3srA+9Cevg=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14mv3qppk26aasj', 'MD5', 'demo.vaxel.test', 'v1.FYzrpF1HQ8qDo64sy8Gyk58MStqgCMMiY7vt6nYzemvrZeGIMbIUIL5Ilkdy5UE2eNlPASjNnTg8Jfge');
INSERT INTO public.device_secrets VALUES ('1m7ybyr144yeq62v92a2g6', 'SHA-256', 'demo.vaxel.test', 'v1.aGtrUYAnCdSPfq7zNXqbjCx8ZuZUlfMn593MQ0s44NqSigHz3Xsl3YTqoKYuAyYM3qvfWz9bzcjENS/U//EqsTRLrjJY0fxij18e3m3dWxe4dyLxwWwSeiTOugw=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr144yeq62v92a2g6', 'MD5', 'demo.vaxel.test', 'v1.CDjDZISDyY6FgUsFV9orITb0rgb+2iwLyVPLROMjgtPIknb7IoZ9c7tP1U/yBPsakqIQRgj+Vt29xXEW');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14hkzpksz1pj7mx', 'SHA-256', 'demo.vaxel.test', 'v1.NiPqr9/7ojQrSHDIXJ58wPZMRZ+VI5Pi/mTjXEvjWNnkriuUTg3sO3niKanrJ3cYPWMHJY6xvE5c5BEdNwaC4BbamnG+Aa830OUZhgZQbJ5/R8Jaw0bN/GL51cM=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14hkzpksz1pj7mx', 'MD5', 'demo.vaxel.test', 'v1.W2FWAvbwZR+jPDt7nRBPiE+UhFODCQ8njCRyTR8snzzKh7nSRj6fH4qyIjdjLRN7jHpgJkaak2YgFyRS');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14y29xznx43rvq3', 'SHA-256', 'demo.vaxel.test', 'v1.MbHb7ESTtPY5nVm+egAT98kKSKPw6qldxQo843zrnoroEGz+4+lb/RCBM2/k469fLimWkeEmZ8JNUXHU4rFq41nngLfyyhX2EBVDmnqru+DC2x12OLH4smsCUbg=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14y29xznx43rvq3', 'MD5', 'demo.vaxel.test', 'v1.bqOACV+oedbhOtWRj0QAE5vxmZOKcNRXTSZ1gfUTa0isTTcCEivGs2Etjz7Aa+s5JMxke8/sdgbXkXU3');
INSERT INTO public.device_secrets VALUES ('1m7ybyr1439gs4trdzpbcd', 'SHA-256', 'demo.vaxel.test', 'v1.ENRfuetaHweRghjlYssLjdUwTY/ceWOkWEEy5td2Iou/wuG1I3sIuK+09IQn4Lf2sFK4U4GdR4PJjl5Gh8k8pNnp9p9COtWTzn+8J3fGMTJ5lOi0bUAAJFNwSVk=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr1439gs4trdzpbcd', 'MD5', 'demo.vaxel.test', 'v1.8fXjAFZtPe1t9HxrnW5C3UV+oG1ARluuqgaaBU/eL2xvPLnxZePRVMqkErwcBBPFOKdW5g4rHnckwcx3');
INSERT INTO public.device_secrets VALUES ('1m7ybyr141qsae32zsr51x', 'SHA-256', 'demo.vaxel.test', 'v1.PqhMrNsaRwAGLsMHROWGl15JixNnc4AgrNrhq5O7xUClM1EyDGekAdL85ujIPHTMo7+yk2zvpBVo8N12LUBCNnHF90R/lnP0y7TxGgR6VUYX1eVJcDbNwGurFEA=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr141qsae32zsr51x', 'MD5', 'demo.vaxel.test', 'v1.2PViQZfBMcqNU4Vk+THXOXHyiwbCjlCEsMUb6bdNCR+iN5cITvZyViW01/7WVLvLyU+clu9fHlOoTtS8');
INSERT INTO public.device_secrets VALUES ('1m7ybyr142499rz35j87q2', 'SHA-256', 'demo.vaxel.test', 'v1.fGGTwwZYOElgzB0jWeK22MpwDdXAXbUJYTIQF5X+gVdAzbN1o1u+9nRkMp2pQ0ZWA3RHZljzJHUrO4hmTBhw2wALcFd4yBdQlL4isGWTa36aH7aHFeViHISURk0=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr142499rz35j87q2', 'MD5', 'demo.vaxel.test', 'v1.c3v4STkFYlzELFXZU9wdkAojmKijDZ42kJTEbzYEh11GsztiDtyKMr9DfTE4jBiW6QpsfFDpfY/yJdzD');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14ese56ax7qhdqx', 'SHA-256', 'demo.vaxel.test', 'v1.Q3QqCZlR7/rxhyrYccUbHVs7kOdvWN6dOLZOeWFUQY8+AYWw7+q40r5eb/KHX+RDLMwstzMYixAllkvau7j3yKP6HRMwEJaMkfDkRgBb3ztYmRbAPwCZnmDQHr8=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14ese56ax7qhdqx', 'MD5', 'demo.vaxel.test', 'v1.UdSM+EPxTdTIaC1dXFlroIJOSbBk8cBNP5x0a7EqnQYiFWPV3QtOeRLVgwQEdlwhuoNHUDjapOK5wsPt');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14z10fp3bnhj6p0', 'SHA-256', 'demo.vaxel.test', 'v1.iXfOKjnsxbK5DeSGG+7/LQSEoULHMxNxtGMjiddYuS/bvf3tKVteAPDUpa4YpMyrZigtgYLv0OCBu/qPf9sodBPNpOjGGQb++M4GgLhSWOzoV+58hBbxLQbKOSQ=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14z10fp3bnhj6p0', 'MD5', 'demo.vaxel.test', 'v1.RtoZt92EuBnLU7y6ZuYIJpbbZJSXW245ozZIBglmoZtmiVmyP9GoAFgWodZl0xddfKuE7DUcCLIPfb19');
INSERT INTO public.device_secrets VALUES ('1m7ybyr141v6xf1j20svtf', 'SHA-256', 'demo.vaxel.test', 'v1.uMEVNDHzHJ6c5yjE6L5KcY2CT/eI1OfI8kbNxYMzqTG3mDlIElJB40qu7KZEiZCX7sFA6sIB4zItUzk3SkJfSEr9yMKxcWRKFJosGu+j27G6WLw8EbRds1nTQOg=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr141v6xf1j20svtf', 'MD5', 'demo.vaxel.test', 'v1.7C6/jBJb3pRq5yyTSnXQPW65BwFqQgaDLCNUUd9X2bYhDnW+mWkyCydz3DgH6ohSHEpnulySFbiS9yM9');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14sw4ng6226pj0g', 'SHA-256', 'demo.vaxel.test', 'v1.y2tIXxoE1VFqAl5T6BJ1gXQkirHgNacXjRwpY/gQpxXFpBfgNbXbMD2N3ExTIGgzAMcmQRQ4xFH9E7Tql08I9eqqq7ntJRpdvZDsUDAYf5RYYNDw6K2+SUh0o7o=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14sw4ng6226pj0g', 'MD5', 'demo.vaxel.test', 'v1.sdNiZNii/oWyAXb4rCxWrEz6f46c9PdKI04e/FfFkirRsiZPJTv6Fw5d/RmtIXvn/wNGOXMnFj39FSJs');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14mchexkt40hnba', 'SHA-256', 'demo.vaxel.test', 'v1.JOf7TpD5biaUte7upbg2W3YFDS5+BK/kRuDDKvNK7J9ACq3b4+oi3pd/qG5wGpRbKScrDiciE9dHxXHussFDO1EsNDZo4ipBa/WU+d3zWT0pOPx1Z7wXH+D4ISc=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14mchexkt40hnba', 'MD5', 'demo.vaxel.test', 'v1.QSxX+pUcGpHcZ5I7NMHpZ5XslvNwJbQt4Z56vILR5mrXZ3RklLX1qeac9pchtxf+O1qjykFO8koJFGol');
INSERT INTO public.device_secrets VALUES ('1m7ybyr148r0sp2jw43p77', 'SHA-256', 'demo.vaxel.test', 'v1.VOWjcdk03qh8o05oSXofXIijXySncCUSL6Ue0GoeVNHWtDhOvvN0XF0VtrXG/HVL4i2eW9TI1+/JkS6aYL2717OJObalROskDNe0QLpPvKdwvp08tYRgOfnU0dU=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr148r0sp2jw43p77', 'MD5', 'demo.vaxel.test', 'v1.i+vdrV5Km+90uyA0/95Mgor5RpwsB9gy74n463cln3ScAzEV8PA2HmFacRM0edEDe1LdXDw6++KuncQ6');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14r9qt4fw40wbhk', 'SHA-256', 'demo.vaxel.test', 'v1.5gVywBX8gqr/MwSAiKyIA5GGVSs1HJw43BxwXnLSQin0ffpjrTM7rrqoh/SmxAoOjz4vVL6uw33nTO6CMVBiHcVPZqmGHBCFzRGQ9LfXnPZdsOUBml96kMwxSuQ=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14r9qt4fw40wbhk', 'MD5', 'demo.vaxel.test', 'v1.mHwEJFVHXlNm7zAery6w388xTa5Tc/HePVV/F6YlmLOyKZmUDDCvmNAhECGksaSprIk0XIdAEY76rQhm');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14rd3gcmtgx5702', 'SHA-256', 'demo.vaxel.test', 'v1.2Sy4rk3ShWF7hYYVyrObfXOAfRYpWRPiZAmcOgwCsReFXfcEF9XmF0alLLTYHPBwF7ANlXOfYEKoFkkQakKFDbHSS4UR84M7RwpHWJQcMpaaLtN0RfIetokfZoM=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14rd3gcmtgx5702', 'MD5', 'demo.vaxel.test', 'v1.R6+Ie4Hh5Kjo0TgI1Hv73LZaHcLfVNuIk935kcdmPXVhnJobe9ffn++2/7RUsp6MEN4gvTuusBE8aYiA');
INSERT INTO public.device_secrets VALUES ('1m7ybyr141smn2mcehrncs', 'SHA-256', 'demo.vaxel.test', 'v1.LJe0XBzpYRO20t/89pwY7CZRGit6HoBV7jEXKgNVL5t9YekMwujeNDNhcAVtf4FJ5AgxIQplT/HqJEC2K+0mMsqa+BsfeiUwjqasJNBxrgIWtUBBAEojlIFE4IE=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr141smn2mcehrncs', 'MD5', 'demo.vaxel.test', 'v1.iQIMSuQmOEy6sZAR7kh0jB5q8OKVdSDAiNrRVsf9X4tgRaWYfX0Jm5ZWdomXXjGW3QcDG6lqaQIZPuFJ');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14ce107rdhwq7dw', 'SHA-256', 'demo.vaxel.test', 'v1.hjAUWu01ffX2o28BRni88SmmdHbpFeQV6lxgApPrxxZWoA6EzycWcyhXyzFO+y4PH7ADzurdEPTIHx5BFnOK/6l22XJRm4oBLjPndLrgtieg96IgcsKp1jSXKfQ=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr14ce107rdhwq7dw', 'MD5', 'demo.vaxel.test', 'v1.K/R0N6QIj1KmuZT1Pnv1pM9HwXjxnFKRhZTYzuz+QVvQRVouISAwXVL3ctZQGmhcASxwiu1mCRa53/xM');
INSERT INTO public.device_secrets VALUES ('1m7ybyr148qkgtz6qwa53k', 'SHA-256', 'demo.vaxel.test', 'v1.e6qqduHC0YOVv76px8q7T9kx0SjuUi1Pqbi2fjZeIIuTKuXQwuTyderN8abuQx51V6WBvtOHAdhTnTzFKm8iexyZnkVUUNvEjpq60FCqGoaLS7s4gXjq2BpxZTg=');
INSERT INTO public.device_secrets VALUES ('1m7ybyr148qkgtz6qwa53k', 'MD5', 'demo.vaxel.test', 'v1.yZu5PR6zBcvUSlUH1bt6O21OiqBYFq9EJaguEoNbXN0pjLSbPlETN9EbR6odeWUsgugddyY1Rc5VIePV');
INSERT INTO public.devices VALUES ('1m7ybyr13d4rrt4zab1g4q', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7s69txh9113hxgk', 'demo.vaxel.test', 'Phone', '201', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr14g8ph5avvnc0h6', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7tzmdfgrmzx6q1a', 'demo.vaxel.test', 'Phone', '202', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr14mv3qppk26aasj', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7ta1f0q7g5bnz3n', 'demo.vaxel.test', 'Phone', '203', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr144yeq62v92a2g6', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7trbq7sn58bvdba', 'demo.vaxel.test', 'Phone', '204', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr14hkzpksz1pj7mx', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7tq6k1r7r2v9v11', 'demo.vaxel.test', 'Phone', '205', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr14y29xznx43rvq3', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7t359nfvwzx8dbk', 'demo.vaxel.test', 'Phone', '206', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr1439gs4trdzpbcd', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7t532zawqdgkj6q', 'demo.vaxel.test', 'Phone', '207', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr141qsae32zsr51x', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7ywarpzjgh3xtxc', 'demo.vaxel.test', 'Phone', '208', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr142499rz35j87q2', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7y59f8dvzxe5wt6', 'demo.vaxel.test', 'Phone', '209', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr14ese56ax7qhdqx', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7yr1n4gvx5dqdyr', 'demo.vaxel.test', 'Phone', '210', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr14z10fp3bnhj6p0', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7ycampgg2z91ekz', 'demo.vaxel.test', 'Phone', '211', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr141v6xf1j20svtf', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7y562pwz8d9vgkp', 'demo.vaxel.test', 'Phone', '212', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr14sw4ng6226pj0g', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7y41wdqhk8a27rr', 'demo.vaxel.test', 'Phone', '213', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr14mchexkt40hnba', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7y12590styvs2zr', 'demo.vaxel.test', 'Phone', '214', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr148r0sp2jw43p77', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7yzwhkgqaw3a83t', 'demo.vaxel.test', 'Phone', '215', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr14r9qt4fw40wbhk', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7ye37csk7abza1s', 'demo.vaxel.test', 'Phone', '216', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr14rd3gcmtgx5702', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7ytkmtea2nv0hx0', 'demo.vaxel.test', 'Phone', '217', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr141smn2mcehrncs', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7yzwspwqfmt0psp', 'demo.vaxel.test', 'Phone', '218', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr14ce107rdhwq7dw', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7ydyxw8v87pmr3f', 'demo.vaxel.test', 'Phone', '219', 'auto', 0);
INSERT INTO public.devices VALUES ('1m7ybyr148qkgtz6qwa53k', '1m7ybyq7rczpsxe7aqngwk', '1m7ybyq7ydhwsm61acmz08', 'demo.vaxel.test', 'Phone', '220', 'auto', 0);
INSERT INTO public.domains VALUES ('demo.vaxel.test', '1m7ybyq7rczpsxe7aqngwk');
INSERT INTO public.events VALUES (1, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"company","id":"1m7ybyq7rczpsxe7aqngwk","after":{"id":"1m7ybyq7rczpsxe7aqngwk","name":"Vaxel Demo AB","country":"SE","limits":{},"emergencyNumbers":["112"]}}');
INSERT INTO public.events VALUES (2, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"domain","id":"demo.vaxel.test","after":{"name":"demo.vaxel.test","companyId":"1m7ybyq7rczpsxe7aqngwk"}}');
INSERT INTO public.events VALUES (3, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7s69txh9113hxgk","after":{"id":"1m7ybyq7s69txh9113hxgk","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"201","displayName":"Anna Lindqvist","extension":"201","language":"sv","role":"administrator","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (4, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7s69txh9113hxgk","after":{"userId":"1m7ybyq7s69txh9113hxgk","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (5, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr13d4rrt4zab1g4q","after":{"id":"1m7ybyr13d4rrt4zab1g4q","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7s69txh9113hxgk","label":"Phone","sipUsername":"201","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (6, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"201","after":{"number":"201","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7s69txh9113hxgk"}}}');
INSERT INTO public.events VALUES (7, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500401","after":{"number":"+46846500401","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7s69txh9113hxgk"}}}');
INSERT INTO public.events VALUES (8, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7tzmdfgrmzx6q1a","after":{"id":"1m7ybyq7tzmdfgrmzx6q1a","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"202","displayName":"Oliver Hughes","extension":"202","language":"en","role":"supervisor","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (9, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7tzmdfgrmzx6q1a","after":{"userId":"1m7ybyq7tzmdfgrmzx6q1a","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (10, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr14g8ph5avvnc0h6","after":{"id":"1m7ybyr14g8ph5avvnc0h6","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7tzmdfgrmzx6q1a","label":"Phone","sipUsername":"202","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (11, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"202","after":{"number":"202","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7tzmdfgrmzx6q1a"}}}');
INSERT INTO public.events VALUES (12, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500402","after":{"number":"+46846500402","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7tzmdfgrmzx6q1a"}}}');
INSERT INTO public.events VALUES (13, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7ta1f0q7g5bnz3n","after":{"id":"1m7ybyq7ta1f0q7g5bnz3n","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"203","displayName":"Camille Fournier","extension":"203","language":"fr","role":"attendant","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (14, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7ta1f0q7g5bnz3n","after":{"userId":"1m7ybyq7ta1f0q7g5bnz3n","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (15, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr14mv3qppk26aasj","after":{"id":"1m7ybyr14mv3qppk26aasj","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7ta1f0q7g5bnz3n","label":"Phone","sipUsername":"203","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (16, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"203","after":{"number":"203","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7ta1f0q7g5bnz3n"}}}');
INSERT INTO public.events VALUES (17, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500403","after":{"number":"+46846500403","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7ta1f0q7g5bnz3n"}}}');
INSERT INTO public.events VALUES (18, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7trbq7sn58bvdba","after":{"id":"1m7ybyq7trbq7sn58bvdba","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"204","displayName":"Erik Sjöberg","extension":"204","language":"sv","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (19, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7trbq7sn58bvdba","after":{"userId":"1m7ybyq7trbq7sn58bvdba","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (20, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr144yeq62v92a2g6","after":{"id":"1m7ybyr144yeq62v92a2g6","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7trbq7sn58bvdba","label":"Phone","sipUsername":"204","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (21, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"204","after":{"number":"204","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7trbq7sn58bvdba"}}}');
INSERT INTO public.events VALUES (22, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500404","after":{"number":"+46846500404","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7trbq7sn58bvdba"}}}');
INSERT INTO public.events VALUES (23, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7tq6k1r7r2v9v11","after":{"id":"1m7ybyq7tq6k1r7r2v9v11","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"205","displayName":"Charlotte Whitfield","extension":"205","language":"en","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (24, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7tq6k1r7r2v9v11","after":{"userId":"1m7ybyq7tq6k1r7r2v9v11","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (25, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr14hkzpksz1pj7mx","after":{"id":"1m7ybyr14hkzpksz1pj7mx","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7tq6k1r7r2v9v11","label":"Phone","sipUsername":"205","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (26, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"205","after":{"number":"205","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7tq6k1r7r2v9v11"}}}');
INSERT INTO public.events VALUES (27, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500405","after":{"number":"+46846500405","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7tq6k1r7r2v9v11"}}}');
INSERT INTO public.events VALUES (28, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7t359nfvwzx8dbk","after":{"id":"1m7ybyq7t359nfvwzx8dbk","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"206","displayName":"Étienne Marchand","extension":"206","language":"fr","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (29, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7t359nfvwzx8dbk","after":{"userId":"1m7ybyq7t359nfvwzx8dbk","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (30, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr14y29xznx43rvq3","after":{"id":"1m7ybyr14y29xznx43rvq3","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7t359nfvwzx8dbk","label":"Phone","sipUsername":"206","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (31, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"206","after":{"number":"206","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7t359nfvwzx8dbk"}}}');
INSERT INTO public.events VALUES (32, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500406","after":{"number":"+46846500406","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7t359nfvwzx8dbk"}}}');
INSERT INTO public.events VALUES (33, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7t532zawqdgkj6q","after":{"id":"1m7ybyq7t532zawqdgkj6q","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"207","displayName":"Åsa Nyström","extension":"207","language":"sv","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (34, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7t532zawqdgkj6q","after":{"userId":"1m7ybyq7t532zawqdgkj6q","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (35, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr1439gs4trdzpbcd","after":{"id":"1m7ybyr1439gs4trdzpbcd","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7t532zawqdgkj6q","label":"Phone","sipUsername":"207","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (36, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"207","after":{"number":"207","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7t532zawqdgkj6q"}}}');
INSERT INTO public.events VALUES (37, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500407","after":{"number":"+46846500407","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7t532zawqdgkj6q"}}}');
INSERT INTO public.events VALUES (38, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7ywarpzjgh3xtxc","after":{"id":"1m7ybyq7ywarpzjgh3xtxc","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"208","displayName":"Thomas Ashworth","extension":"208","language":"en","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (39, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7ywarpzjgh3xtxc","after":{"userId":"1m7ybyq7ywarpzjgh3xtxc","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (40, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr141qsae32zsr51x","after":{"id":"1m7ybyr141qsae32zsr51x","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7ywarpzjgh3xtxc","label":"Phone","sipUsername":"208","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (41, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"208","after":{"number":"208","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7ywarpzjgh3xtxc"}}}');
INSERT INTO public.events VALUES (42, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500408","after":{"number":"+46846500408","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7ywarpzjgh3xtxc"}}}');
INSERT INTO public.events VALUES (43, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7y59f8dvzxe5wt6","after":{"id":"1m7ybyq7y59f8dvzxe5wt6","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"209","displayName":"Zoé Lefèvre","extension":"209","language":"fr","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (44, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7y59f8dvzxe5wt6","after":{"userId":"1m7ybyq7y59f8dvzxe5wt6","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (45, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr142499rz35j87q2","after":{"id":"1m7ybyr142499rz35j87q2","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7y59f8dvzxe5wt6","label":"Phone","sipUsername":"209","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (46, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"209","after":{"number":"209","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7y59f8dvzxe5wt6"}}}');
INSERT INTO public.events VALUES (47, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500409","after":{"number":"+46846500409","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7y59f8dvzxe5wt6"}}}');
INSERT INTO public.events VALUES (48, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7yr1n4gvx5dqdyr","after":{"id":"1m7ybyq7yr1n4gvx5dqdyr","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"210","displayName":"Björn Håkansson","extension":"210","language":"sv","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (49, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7yr1n4gvx5dqdyr","after":{"userId":"1m7ybyq7yr1n4gvx5dqdyr","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (50, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr14ese56ax7qhdqx","after":{"id":"1m7ybyr14ese56ax7qhdqx","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7yr1n4gvx5dqdyr","label":"Phone","sipUsername":"210","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (51, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"210","after":{"number":"210","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7yr1n4gvx5dqdyr"}}}');
INSERT INTO public.events VALUES (52, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500410","after":{"number":"+46846500410","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7yr1n4gvx5dqdyr"}}}');
INSERT INTO public.events VALUES (53, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7ycampgg2z91ekz","after":{"id":"1m7ybyq7ycampgg2z91ekz","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"211","displayName":"Grace Pemberton","extension":"211","language":"en","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (54, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7ycampgg2z91ekz","after":{"userId":"1m7ybyq7ycampgg2z91ekz","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (55, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr14z10fp3bnhj6p0","after":{"id":"1m7ybyr14z10fp3bnhj6p0","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7ycampgg2z91ekz","label":"Phone","sipUsername":"211","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (56, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"211","after":{"number":"211","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7ycampgg2z91ekz"}}}');
INSERT INTO public.events VALUES (57, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500411","after":{"number":"+46846500411","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7ycampgg2z91ekz"}}}');
INSERT INTO public.events VALUES (58, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7y562pwz8d9vgkp","after":{"id":"1m7ybyq7y562pwz8d9vgkp","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"212","displayName":"François Delacroix","extension":"212","language":"fr","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (59, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7y562pwz8d9vgkp","after":{"userId":"1m7ybyq7y562pwz8d9vgkp","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (60, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr141v6xf1j20svtf","after":{"id":"1m7ybyr141v6xf1j20svtf","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7y562pwz8d9vgkp","label":"Phone","sipUsername":"212","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (61, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"212","after":{"number":"212","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7y562pwz8d9vgkp"}}}');
INSERT INTO public.events VALUES (62, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500412","after":{"number":"+46846500412","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7y562pwz8d9vgkp"}}}');
INSERT INTO public.events VALUES (63, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7y41wdqhk8a27rr","after":{"id":"1m7ybyq7y41wdqhk8a27rr","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"213","displayName":"Karin Öhman","extension":"213","language":"sv","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (64, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7y41wdqhk8a27rr","after":{"userId":"1m7ybyq7y41wdqhk8a27rr","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (65, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr14sw4ng6226pj0g","after":{"id":"1m7ybyr14sw4ng6226pj0g","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7y41wdqhk8a27rr","label":"Phone","sipUsername":"213","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (66, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"213","after":{"number":"213","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7y41wdqhk8a27rr"}}}');
INSERT INTO public.events VALUES (67, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500413","after":{"number":"+46846500413","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7y41wdqhk8a27rr"}}}');
INSERT INTO public.events VALUES (68, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7y12590styvs2zr","after":{"id":"1m7ybyq7y12590styvs2zr","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"214","displayName":"Daniel Fairbairn","extension":"214","language":"en","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (69, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7y12590styvs2zr","after":{"userId":"1m7ybyq7y12590styvs2zr","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (70, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr14mchexkt40hnba","after":{"id":"1m7ybyr14mchexkt40hnba","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7y12590styvs2zr","label":"Phone","sipUsername":"214","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (71, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"214","after":{"number":"214","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7y12590styvs2zr"}}}');
INSERT INTO public.events VALUES (72, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500414","after":{"number":"+46846500414","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7y12590styvs2zr"}}}');
INSERT INTO public.events VALUES (73, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7yzwhkgqaw3a83t","after":{"id":"1m7ybyq7yzwhkgqaw3a83t","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"215","displayName":"Noémie Rousseau","extension":"215","language":"fr","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (74, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7yzwhkgqaw3a83t","after":{"userId":"1m7ybyq7yzwhkgqaw3a83t","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (75, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr148r0sp2jw43p77","after":{"id":"1m7ybyr148r0sp2jw43p77","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7yzwhkgqaw3a83t","label":"Phone","sipUsername":"215","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (76, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"215","after":{"number":"215","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7yzwhkgqaw3a83t"}}}');
INSERT INTO public.events VALUES (77, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500415","after":{"number":"+46846500415","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7yzwhkgqaw3a83t"}}}');
INSERT INTO public.events VALUES (104, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"230","after":{"number":"230","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"group","name":"Sales","userIds":["1m7ybyq7trbq7sn58bvdba","1m7ybyq7tq6k1r7r2v9v11","1m7ybyq7t359nfvwzx8dbk","1m7ybyq7t532zawqdgkj6q"]}}}');
INSERT INTO public.events VALUES (78, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7ye37csk7abza1s","after":{"id":"1m7ybyq7ye37csk7abza1s","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"216","displayName":"Göran Ekström","extension":"216","language":"sv","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (79, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7ye37csk7abza1s","after":{"userId":"1m7ybyq7ye37csk7abza1s","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (80, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr14r9qt4fw40wbhk","after":{"id":"1m7ybyr14r9qt4fw40wbhk","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7ye37csk7abza1s","label":"Phone","sipUsername":"216","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (81, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"216","after":{"number":"216","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7ye37csk7abza1s"}}}');
INSERT INTO public.events VALUES (82, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500416","after":{"number":"+46846500416","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7ye37csk7abza1s"}}}');
INSERT INTO public.events VALUES (83, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7ytkmtea2nv0hx0","after":{"id":"1m7ybyq7ytkmtea2nv0hx0","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"217","displayName":"Emily Thornbury","extension":"217","language":"en","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (84, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7ytkmtea2nv0hx0","after":{"userId":"1m7ybyq7ytkmtea2nv0hx0","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (85, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr14rd3gcmtgx5702","after":{"id":"1m7ybyr14rd3gcmtgx5702","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7ytkmtea2nv0hx0","label":"Phone","sipUsername":"217","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (86, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"217","after":{"number":"217","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7ytkmtea2nv0hx0"}}}');
INSERT INTO public.events VALUES (87, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500417","after":{"number":"+46846500417","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7ytkmtea2nv0hx0"}}}');
INSERT INTO public.events VALUES (88, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7yzwspwqfmt0psp","after":{"id":"1m7ybyq7yzwspwqfmt0psp","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"218","displayName":"Gaëlle Besson","extension":"218","language":"fr","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (89, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7yzwspwqfmt0psp","after":{"userId":"1m7ybyq7yzwspwqfmt0psp","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (90, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr141smn2mcehrncs","after":{"id":"1m7ybyr141smn2mcehrncs","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7yzwspwqfmt0psp","label":"Phone","sipUsername":"218","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (91, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"218","after":{"number":"218","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7yzwspwqfmt0psp"}}}');
INSERT INTO public.events VALUES (92, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500418","after":{"number":"+46846500418","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7yzwspwqfmt0psp"}}}');
INSERT INTO public.events VALUES (93, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7ydyxw8v87pmr3f","after":{"id":"1m7ybyq7ydyxw8v87pmr3f","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"219","displayName":"Märta Söderlund","extension":"219","language":"sv","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (94, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7ydyxw8v87pmr3f","after":{"userId":"1m7ybyq7ydyxw8v87pmr3f","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (95, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr14ce107rdhwq7dw","after":{"id":"1m7ybyr14ce107rdhwq7dw","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7ydyxw8v87pmr3f","label":"Phone","sipUsername":"219","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (96, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"219","after":{"number":"219","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7ydyxw8v87pmr3f"}}}');
INSERT INTO public.events VALUES (97, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500419","after":{"number":"+46846500419","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7ydyxw8v87pmr3f"}}}');
INSERT INTO public.events VALUES (98, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"user","id":"1m7ybyq7ydhwsm61acmz08","after":{"id":"1m7ybyq7ydhwsm61acmz08","companyId":"1m7ybyq7rczpsxe7aqngwk","domain":"demo.vaxel.test","name":"220","displayName":"Jack Holloway","extension":"220","language":"en","role":"user","limits":{},"ringSeconds":25}}');
INSERT INTO public.events VALUES (99, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"password","id":"1m7ybyq7ydhwsm61acmz08","after":{"userId":"1m7ybyq7ydhwsm61acmz08","companyId":"1m7ybyq7rczpsxe7aqngwk","hash":"hidden"}}');
INSERT INTO public.events VALUES (100, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"device","id":"1m7ybyr148qkgtz6qwa53k","after":{"id":"1m7ybyr148qkgtz6qwa53k","companyId":"1m7ybyq7rczpsxe7aqngwk","userId":"1m7ybyq7ydhwsm61acmz08","label":"Phone","sipUsername":"220","secrets":"hidden","keying":"auto","encryptionRequired":false}}');
INSERT INTO public.events VALUES (101, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"220","after":{"number":"220","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7ydhwsm61acmz08"}}}');
INSERT INTO public.events VALUES (102, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"+46846500420","after":{"number":"+46846500420","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"user","userId":"1m7ybyq7ydhwsm61acmz08"}}}');
INSERT INTO public.events VALUES (103, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"operator","id":"1m7ybyq7s69txh9113hxgk","after":{"userId":"1m7ybyq7s69txh9113hxgk","companyId":"1m7ybyq7rczpsxe7aqngwk"}}');
INSERT INTO public.events VALUES (105, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"300","after":{"number":"300","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"service","service":"queue"}}}');
INSERT INTO public.events VALUES (106, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"400","after":{"number":"400","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"service","service":"conference"}}}');
INSERT INTO public.events VALUES (107, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"600","after":{"number":"600","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"service","service":"echo"}}}');
INSERT INTO public.events VALUES (108, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"number","id":"700","after":{"number":"700","companyId":"1m7ybyq7rczpsxe7aqngwk","target":{"kind":"service","service":"voicemail"}}}');
INSERT INTO public.events VALUES (109, 1795241762867, '1m7ybyq7rczpsxe7aqngwk', NULL, 'configuration.changed', '{"by":"demo","object":"trunk","id":"1m7ybyr14kwdwe8bd6grv3","after":{"id":"1m7ybyr14kwdwe8bd6grv3","companyId":"1m7ybyq7rczpsxe7aqngwk","name":"pstn","targets":[{"host":"127.0.0.1","port":5080,"protocol":"udp"}],"fromAddresses":["127.0.0.1:5080"],"prefixes":["0","+"],"pricePerMinuteMicros":{"":0},"keying":"none"}}');
INSERT INTO public.events VALUES (110, 1795241763726, '1m7ybyq7rczpsxe7aqngwk', NULL, 'registrar.bound', '{"userId":"1m7ybyq7s69txh9113hxgk","deviceId":"1m7ybyr13d4rrt4zab1g4q","addressOfRecord":"sip:201@demo.vaxel.test","contact":"sip:201@127.0.0.1:19601;transport=UDP","protocol":"udp","remoteAddress":"127.0.0.1","expiresAtMs":1795242363723}');
INSERT INTO public.events VALUES (111, 1795241763858, '1m7ybyq7rczpsxe7aqngwk', '1m7ybys0jer9xznj4tgpmh', 'call.originated', '{"leg":"1m7ybys0j8fwk0ewqrjd09","number":"201","name":"Anna Lindqvist","userId":"1m7ybyq7s69txh9113hxgk","deviceId":"1m7ybyr13d4rrt4zab1g4q","dialled":"600"}');
INSERT INTO public.events VALUES (112, 1795241763869, '1m7ybyq7rczpsxe7aqngwk', '1m7ybys0jer9xznj4tgpmh', 'call.routed', '{"to":"600","service":"echo","explanation":["600 is the echo service"]}');
INSERT INTO public.events VALUES (113, 1795241763869, '1m7ybyq7rczpsxe7aqngwk', '1m7ybys0jer9xznj4tgpmh', 'call.established', '{"leg":"1m7ybys0j8fwk0ewqrjd09","service":"echo"}');
INSERT INTO public.events VALUES (114, 1795241764180, '1m7ybyq7rczpsxe7aqngwk', '1m7ybys0jer9xznj4tgpmh', 'call.connectionCleared', '{"leg":"1m7ybys0j8fwk0ewqrjd09","number":"201","name":"Anna Lindqvist","userId":"1m7ybyq7s69txh9113hxgk","deviceId":"1m7ybyr13d4rrt4zab1g4q","termination":{"blame":"nobody","reason":"caller-hung-up"}}');
INSERT INTO public.events VALUES (115, 1795241764180, '1m7ybyq7rczpsxe7aqngwk', '1m7ybys0jer9xznj4tgpmh', 'call.ended', '{"termination":{"blame":"nobody","reason":"caller-hung-up"},"answered":true,"direction":"internal","talkMs":311}');
INSERT INTO public.events VALUES (116, 1795241764191, '1m7ybyq7rczpsxe7aqngwk', '1m7ybys0jer9xznj4tgpmh', 'quality.reported', '{"leg":"1m7ybys0j8fwk0ewqrjd09","quality":{"received":{"packets":0,"lossRatio":0,"jitterMs":0},"sent":{"packets":15,"lossRatio":0,"jitterMs":0,"mos":4.41,"mosFormula":"g107-2015-e-model"},"codec":"PCMA","keying":"rtp"}}');
INSERT INTO public.events VALUES (117, 1795241764704, '1m7ybyq7rczpsxe7aqngwk', NULL, 'registrar.bound', '{"userId":"1m7ybyq7tzmdfgrmzx6q1a","deviceId":"1m7ybyr14g8ph5avvnc0h6","addressOfRecord":"sip:202@demo.vaxel.test","contact":"sip:202-0x5593475c1a30@127.0.0.1:11202","protocol":"udp","remoteAddress":"127.0.0.1","userAgent":"baresip v1.0.0 (x86_64/linux)","expiresAtMs":1795242364703}');
INSERT INTO public.events VALUES (118, 1795241764863, '1m7ybyq7rczpsxe7aqngwk', NULL, 'registrar.bound', '{"userId":"1m7ybyq7ta1f0q7g5bnz3n","deviceId":"1m7ybyr14mv3qppk26aasj","addressOfRecord":"sip:203@demo.vaxel.test","contact":"sip:203-0x55e62da7da30@127.0.0.1:20002","protocol":"udp","remoteAddress":"127.0.0.1","userAgent":"baresip v1.0.0 (x86_64/linux)","expiresAtMs":1795242364862}');
INSERT INTO public.events VALUES (119, 1795241764867, '1m7ybyq7rczpsxe7aqngwk', '1m7ybyt03gcwvngqtp8xt8', 'call.originated', '{"leg":"1m7ybyt036ffdhbxvjtggs","number":"202","name":"Oliver Hughes","userId":"1m7ybyq7tzmdfgrmzx6q1a","deviceId":"1m7ybyr14g8ph5avvnc0h6","dialled":"203"}');
INSERT INTO public.events VALUES (120, 1795241764869, '1m7ybyq7rczpsxe7aqngwk', '1m7ybyt03gcwvngqtp8xt8', 'call.routed', '{"to":"203","userId":"1m7ybyq7ta1f0q7g5bnz3n","explanation":["203 is Camille Fournier","all devices of Camille Fournier ring for 25 s","one device is registered"]}');
INSERT INTO public.events VALUES (121, 1795241764877, '1m7ybyq7rczpsxe7aqngwk', '1m7ybyt03gcwvngqtp8xt8', 'call.delivered', '{"leg":"1m7ybyt06xrzvfw30qakd2","number":"203","name":"Camille Fournier","userId":"1m7ybyq7ta1f0q7g5bnz3n","deviceId":"1m7ybyr14mv3qppk26aasj"}');
INSERT INTO public.events VALUES (122, 1795241764879, '1m7ybyq7rczpsxe7aqngwk', '1m7ybyt03gcwvngqtp8xt8', 'call.established', '{"leg":"1m7ybyt06xrzvfw30qakd2","number":"203","name":"Camille Fournier","userId":"1m7ybyq7ta1f0q7g5bnz3n","deviceId":"1m7ybyr14mv3qppk26aasj","origin":"1m7ybyt036ffdhbxvjtggs"}');
INSERT INTO public.events VALUES (123, 1795241764973, '1m7ybyq7rczpsxe7aqngwk', NULL, 'session.created', '{"sessionId":"1m7ybyt3d4drb3t3qa9mqf","userId":"1m7ybyq7s69txh9113hxgk","address":"127.0.0.1"}');
INSERT INTO public.events VALUES (124, 1795241765019, '1m7ybyq7rczpsxe7aqngwk', '1m7ybyt03gcwvngqtp8xt8', 'recording.started', '{"recording":"1m7ybyt4k6f33kw4ese2t8","leg":"1m7ybyt036ffdhbxvjtggs","file":"recordings/1m7ybyq7rczpsxe7aqngwk/1m7ybyt03gcwvngqtp8xt8-1m7ybyt4k6f33kw4ese2t8.wav"}');
INSERT INTO public.legs VALUES ('1m7ybys0j8fwk0ewqrjd09', '1m7ybys0jer9xznj4tgpmh', '1m7ybyq7rczpsxe7aqngwk', 'caller', '201', 'Anna Lindqvist', '1m7ybyq7s69txh9113hxgk', '1m7ybyr13d4rrt4zab1g4q', NULL, '1-26265@127.0.0.1', '127.0.0.1:19601', 1795241763858, 1795241763869, 1795241764180, '{"blame":"nobody","reason":"caller-hung-up"}', '{"received":{"packets":0,"lossRatio":0,"jitterMs":0},"sent":{"packets":15,"lossRatio":0,"jitterMs":0,"mos":4.41,"mosFormula":"g107-2015-e-model"},"codec":"PCMA","keying":"rtp"}', 'rtp', 'PCMA');
INSERT INTO public.legs VALUES ('1m7ybyt036ffdhbxvjtggs', '1m7ybyt03gcwvngqtp8xt8', '1m7ybyq7rczpsxe7aqngwk', 'caller', '202', 'Oliver Hughes', '1m7ybyq7tzmdfgrmzx6q1a', '1m7ybyr14g8ph5avvnc0h6', NULL, '32f7db0bbdad04c4', '127.0.0.1:11202', 1795241764867, 1795241764879, NULL, NULL, NULL, 'rtp', 'PCMA');
INSERT INTO public.legs VALUES ('1m7ybyt06xrzvfw30qakd2', '1m7ybyt03gcwvngqtp8xt8', '1m7ybyq7rczpsxe7aqngwk', 'callee', '203', 'Camille Fournier', '1m7ybyq7ta1f0q7g5bnz3n', '1m7ybyr14mv3qppk26aasj', NULL, 'she0tx9s2wbtr1xkbwnz97jfj1', '127.0.0.1:20002', 1795241764869, 1795241764879, NULL, NULL, NULL, 'rtp', 'PCMA');
INSERT INTO public.messages VALUES (1, '1m7ybys0jer9xznj4tgpmh', '1m7ybyq7rczpsxe7aqngwk', 1795241763852, '1-26265@127.0.0.1', 'in', 'udp', '127.0.0.1:18904', '127.0.0.1:19601', 'INVITE sip:600@127.0.0.1:18904 SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:19601;branch=z9hG4bK26265-1-1INVITE
Max-Forwards: 70
From: <sip:201@demo.vaxel.test>;tag=26265T1
To: <sip:600@demo.vaxel.test>
Call-ID: 1-26265@127.0.0.1
CSeq: 1 INVITE
Contact: <sip:201@127.0.0.1:19601;transport=UDP>
Content-Type: application/sdp
Content-Length:   168

v=0
o=sipp 1 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio 6000 RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
');
INSERT INTO public.messages VALUES (2, '1m7ybys0jer9xznj4tgpmh', '1m7ybyq7rczpsxe7aqngwk', 1795241763853, '1-26265@127.0.0.1', 'out', 'udp', '127.0.0.1:18904', '127.0.0.1:19601', 'SIP/2.0 407 Proxy Authentication Required
Via: SIP/2.0/UDP 127.0.0.1:19601;branch=z9hG4bK26265-1-1INVITE
From: <sip:201@demo.vaxel.test>;tag=26265T1
To: <sip:600@demo.vaxel.test>;tag=s177v9be
Call-ID: 1-26265@127.0.0.1
CSeq: 1 INVITE
Proxy-Authenticate: Digest realm="demo.vaxel.test", nonce="AAAAAAz7b9_-5AAAAAJMjQGl5K0gi2h9z2AReJXd", qop="auth", algorithm=MD5
Proxy-Authenticate: Digest realm="demo.vaxel.test", nonce="AAAAAAz7b9_-5AAAAAJMjQGl5K0gi2h9z2AReJXd", qop="auth", algorithm=SHA-256
Content-Length: 0

');
INSERT INTO public.messages VALUES (3, '1m7ybys0jer9xznj4tgpmh', '1m7ybyq7rczpsxe7aqngwk', 1795241763855, '1-26265@127.0.0.1', 'in', 'udp', '127.0.0.1:18904', '127.0.0.1:19601', 'INVITE sip:600@127.0.0.1:18904 SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:19601;branch=z9hG4bK26265-1-2INVITE
Max-Forwards: 70
From: <sip:201@demo.vaxel.test>;tag=26265T1
To: <sip:600@demo.vaxel.test>
Call-ID: 1-26265@127.0.0.1
CSeq: 2 INVITE
Contact: <sip:201@127.0.0.1:19601;transport=UDP>
Proxy-Authorization: Digest username="201",realm="demo.vaxel.test",cnonce="6b8b4567",nc=00000001,qop=auth,uri="sip:600@127.0.0.1:18904",nonce="AAAAAAz7b9_-5AAAAAJMjQGl5K0gi2h9z2AReJXd",response="…",algorithm=MD5
Content-Type: application/sdp
Content-Length:   168

v=0
o=sipp 1 1 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
m=audio 6000 RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
');
INSERT INTO public.messages VALUES (4, '1m7ybys0jer9xznj4tgpmh', '1m7ybyq7rczpsxe7aqngwk', 1795241763856, '1-26265@127.0.0.1', 'out', 'udp', '127.0.0.1:18904', '127.0.0.1:19601', 'SIP/2.0 100 Trying
Via: SIP/2.0/UDP 127.0.0.1:19601;branch=z9hG4bK26265-1-2INVITE
From: <sip:201@demo.vaxel.test>;tag=26265T1
To: <sip:600@demo.vaxel.test>
Call-ID: 1-26265@127.0.0.1
CSeq: 2 INVITE
Content-Length: 0

');
INSERT INTO public.messages VALUES (5, '1m7ybys0jer9xznj4tgpmh', '1m7ybyq7rczpsxe7aqngwk', 1795241763873, '1-26265@127.0.0.1', 'out', 'udp', '127.0.0.1:18904', '127.0.0.1:19601', 'SIP/2.0 200 OK
Via: SIP/2.0/UDP 127.0.0.1:19601;branch=z9hG4bK26265-1-2INVITE
From: <sip:201@demo.vaxel.test>;tag=26265T1
To: <sip:600@demo.vaxel.test>;tag=97agg577x7tevsqe
Call-ID: 1-26265@127.0.0.1
CSeq: 2 INVITE
Contact: <sip:600@127.0.0.1:18904>
Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REFER, NOTIFY, SUBSCRIBE, MESSAGE, REGISTER
Supported: 100rel, timer, replaces, norefersub
Server: Vaxel/0.1.0
Content-Type: application/sdp
Content-Length: 204

v=0
o=- 165767900814761 1 IN IP4 127.0.0.1
s=-
t=0 0
m=audio 18832 RTP/AVP 8 101
c=IN IP4 127.0.0.1
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=ptime:20
a=sendrecv
');
INSERT INTO public.messages VALUES (6, '1m7ybys0jer9xznj4tgpmh', '1m7ybyq7rczpsxe7aqngwk', 1795241763873, '1-26265@127.0.0.1', 'in', 'udp', '127.0.0.1:18904', '127.0.0.1:19601', 'ACK sip:600@127.0.0.1:18904 SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:19601;branch=z9hG4bK26265-1-2ACK
Max-Forwards: 70
From: <sip:201@demo.vaxel.test>;tag=26265T1
To: <sip:600@demo.vaxel.test>;tag=97agg577x7tevsqe
Call-ID: 1-26265@127.0.0.1
CSeq: 2 ACK
Contact: <sip:201@127.0.0.1:19601;transport=UDP>
Content-Length:     0

');
INSERT INTO public.messages VALUES (7, '1m7ybys0jer9xznj4tgpmh', '1m7ybyq7rczpsxe7aqngwk', 1795241764180, '1-26265@127.0.0.1', 'in', 'udp', '127.0.0.1:18904', '127.0.0.1:19601', 'BYE sip:600@127.0.0.1:18904 SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:19601;branch=z9hG4bK26265-1-3BYE
Max-Forwards: 70
From: <sip:201@demo.vaxel.test>;tag=26265T1
To: <sip:600@demo.vaxel.test>;tag=97agg577x7tevsqe
Call-ID: 1-26265@127.0.0.1
CSeq: 3 BYE
Contact: <sip:201@127.0.0.1:19601;transport=UDP>
Content-Length:     0

');
INSERT INTO public.messages VALUES (8, '1m7ybys0jer9xznj4tgpmh', '1m7ybyq7rczpsxe7aqngwk', 1795241764180, '1-26265@127.0.0.1', 'out', 'udp', '127.0.0.1:18904', '127.0.0.1:19601', 'SIP/2.0 200 OK
Via: SIP/2.0/UDP 127.0.0.1:19601;branch=z9hG4bK26265-1-3BYE
From: <sip:201@demo.vaxel.test>;tag=26265T1
To: <sip:600@demo.vaxel.test>;tag=97agg577x7tevsqe
Call-ID: 1-26265@127.0.0.1
CSeq: 3 BYE
Content-Length: 0

');
INSERT INTO public.messages VALUES (9, '1m7ybyt03gcwvngqtp8xt8', '1m7ybyq7rczpsxe7aqngwk', 1795241764865, '32f7db0bbdad04c4', 'in', 'udp', '127.0.0.1:18904', '127.0.0.1:11202', 'INVITE sip:203@127.0.0.1:18904;transport=udp SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:11202;branch=z9hG4bK47ad0d0e8f0c096f;rport
Contact: <sip:202-0x5593475c1a30@127.0.0.1:11202>
Max-Forwards: 70
To: <sip:203@127.0.0.1:18904;transport=udp>
From: <sip:202@127.0.0.1:18904>;tag=28bd130beddc9eed
Call-ID: 32f7db0bbdad04c4
CSeq: 26143 INVITE
User-Agent: baresip v1.0.0 (x86_64/linux)
Allow: INVITE,ACK,BYE,CANCEL,OPTIONS,NOTIFY,SUBSCRIBE,INFO,MESSAGE,REFER
Supported: gruu
Content-Type: application/sdp
Content-Length: 319

v=0
o=- 1247010509 2100968823 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
a=tool:baresip 1.0.0
m=audio 11252 RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
a=sendrecv
a=label:1
a=rtcp-rsize
a=ssrc:3070572458 cname:sip:202@127.0.0.1:18904
a=minptime:20
a=ptime:20
');
INSERT INTO public.messages VALUES (10, '1m7ybyt03gcwvngqtp8xt8', '1m7ybyq7rczpsxe7aqngwk', 1795241764865, '32f7db0bbdad04c4', 'out', 'udp', '127.0.0.1:18904', '127.0.0.1:11202', 'SIP/2.0 407 Proxy Authentication Required
Via: SIP/2.0/UDP 127.0.0.1:11202;branch=z9hG4bK47ad0d0e8f0c096f;rport=11202;received=127.0.0.1
From: <sip:202@127.0.0.1:18904>;tag=28bd130beddc9eed
To: <sip:203@127.0.0.1:18904;transport=udp>;tag=s1ivl9tn
Call-ID: 32f7db0bbdad04c4
CSeq: 26143 INVITE
Proxy-Authenticate: Digest realm="demo.vaxel.test", nonce="AAAAABDxb9_-5AAAAAWYdXKpjDQUMVKia7ju13dd", qop="auth", algorithm=MD5
Content-Length: 0

');
INSERT INTO public.messages VALUES (11, '1m7ybyt03gcwvngqtp8xt8', '1m7ybyq7rczpsxe7aqngwk', 1795241764866, '32f7db0bbdad04c4', 'in', 'udp', '127.0.0.1:18904', '127.0.0.1:11202', 'INVITE sip:203@127.0.0.1:18904;transport=udp SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:11202;branch=z9hG4bKa71920d32eb7a1ec;rport
Contact: <sip:202-0x5593475c1a30@127.0.0.1:11202>
Max-Forwards: 70
Proxy-Authorization: Digest username="202", realm="demo.vaxel.test", nonce="AAAAABDxb9_-5AAAAAWYdXKpjDQUMVKia7ju13dd", uri="sip:203@127.0.0.1:18904;transport=udp", response="…", cnonce="cf67c75bd10dbb04", qop=auth, nc=00000001
To: <sip:203@127.0.0.1:18904;transport=udp>
From: <sip:202@127.0.0.1:18904>;tag=28bd130beddc9eed
Call-ID: 32f7db0bbdad04c4
CSeq: 26144 INVITE
User-Agent: baresip v1.0.0 (x86_64/linux)
Allow: INVITE,ACK,BYE,CANCEL,OPTIONS,NOTIFY,SUBSCRIBE,INFO,MESSAGE,REFER
Supported: gruu
Content-Type: application/sdp
Content-Length: 319

v=0
o=- 1247010509 2100968823 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
a=tool:baresip 1.0.0
m=audio 11252 RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
a=sendrecv
a=label:1
a=rtcp-rsize
a=ssrc:3070572458 cname:sip:202@127.0.0.1:18904
a=minptime:20
a=ptime:20
');
INSERT INTO public.messages VALUES (12, '1m7ybyt03gcwvngqtp8xt8', '1m7ybyq7rczpsxe7aqngwk', 1795241764867, '32f7db0bbdad04c4', 'out', 'udp', '127.0.0.1:18904', '127.0.0.1:11202', 'SIP/2.0 100 Trying
Via: SIP/2.0/UDP 127.0.0.1:11202;branch=z9hG4bKa71920d32eb7a1ec;rport=11202;received=127.0.0.1
From: <sip:202@127.0.0.1:18904>;tag=28bd130beddc9eed
To: <sip:203@127.0.0.1:18904;transport=udp>
Call-ID: 32f7db0bbdad04c4
CSeq: 26144 INVITE
Content-Length: 0

');
INSERT INTO public.messages VALUES (13, '1m7ybyt03gcwvngqtp8xt8', '1m7ybyq7rczpsxe7aqngwk', 1795241764876, 'she0tx9s2wbtr1xkbwnz97jfj1', 'out', 'udp', '127.0.0.1:18904', '127.0.0.1:20002', 'INVITE sip:203-0x55e62da7da30@127.0.0.1:20002 SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:18904;branch=z9hG4bK057jfndy86n77zvg;rport
Max-Forwards: 69
From: "Oliver Hughes" <sip:202@demo.vaxel.test>;tag=89exj5fbjpz97zg2
To: <sip:203@demo.vaxel.test>
Call-ID: she0tx9s2wbtr1xkbwnz97jfj1
CSeq: 1 INVITE
Contact: <sip:127.0.0.1:18904>
Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REFER, NOTIFY, SUBSCRIBE, MESSAGE, REGISTER
Supported: 100rel, timer, replaces, norefersub
Session-Expires: 1800
User-Agent: Vaxel/0.1.0
P-Asserted-Identity: "Oliver Hughes" <sip:202@demo.vaxel.test>
Content-Type: application/sdp
Content-Length: 379

v=0
o=- 180115193836354 1 IN IP4 127.0.0.1
s=-
t=0 0
m=audio 18822 RTP/AVP 8 111 9 0 101 110
c=IN IP4 127.0.0.1
a=rtpmap:8 PCMA/8000
a=rtpmap:111 opus/48000/2
a=fmtp:111 minptime=10;useinbandfec=1
a=rtpmap:9 G722/8000
a=rtpmap:0 PCMU/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=rtpmap:110 telephone-event/48000
a=fmtp:110 0-16
a=ptime:20
a=sendrecv
');
INSERT INTO public.messages VALUES (14, '1m7ybyt03gcwvngqtp8xt8', '1m7ybyq7rczpsxe7aqngwk', 1795241764878, 'she0tx9s2wbtr1xkbwnz97jfj1', 'in', 'udp', '127.0.0.1:18904', '127.0.0.1:20002', 'SIP/2.0 180 Ringing
Via: SIP/2.0/UDP 127.0.0.1:18904;branch=z9hG4bK057jfndy86n77zvg;rport=18904;received=127.0.0.1
From: "Oliver Hughes" <sip:202@demo.vaxel.test>;tag=89exj5fbjpz97zg2
To: <sip:203@demo.vaxel.test>;tag=f36551b011af44e5
Call-ID: she0tx9s2wbtr1xkbwnz97jfj1
CSeq: 1 INVITE
Server: baresip v1.0.0 (x86_64/linux)
Contact: <sip:203-0x55e62da7da30@127.0.0.1:20002>
Allow: INVITE,ACK,BYE,CANCEL,OPTIONS,NOTIFY,SUBSCRIBE,INFO,MESSAGE,REFER
Content-Length: 0

');
INSERT INTO public.messages VALUES (15, '1m7ybyt03gcwvngqtp8xt8', '1m7ybyq7rczpsxe7aqngwk', 1795241764879, '32f7db0bbdad04c4', 'out', 'udp', '127.0.0.1:18904', '127.0.0.1:11202', 'SIP/2.0 180 Ringing
Via: SIP/2.0/UDP 127.0.0.1:11202;branch=z9hG4bKa71920d32eb7a1ec;rport=11202;received=127.0.0.1
From: <sip:202@127.0.0.1:18904>;tag=28bd130beddc9eed
To: <sip:203@127.0.0.1:18904;transport=udp>;tag=1dfcybsnq8ckffwr
Call-ID: 32f7db0bbdad04c4
CSeq: 26144 INVITE
Contact: <sip:203@127.0.0.1:18904>
Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REFER, NOTIFY, SUBSCRIBE, MESSAGE, REGISTER
Supported: 100rel, timer, replaces, norefersub
Server: Vaxel/0.1.0
Content-Length: 0

');
INSERT INTO public.messages VALUES (16, '1m7ybyt03gcwvngqtp8xt8', '1m7ybyq7rczpsxe7aqngwk', 1795241764879, 'she0tx9s2wbtr1xkbwnz97jfj1', 'in', 'udp', '127.0.0.1:18904', '127.0.0.1:20002', 'SIP/2.0 200 Answering
Via: SIP/2.0/UDP 127.0.0.1:18904;branch=z9hG4bK057jfndy86n77zvg;rport=18904;received=127.0.0.1
From: "Oliver Hughes" <sip:202@demo.vaxel.test>;tag=89exj5fbjpz97zg2
To: <sip:203@demo.vaxel.test>;tag=f36551b011af44e5
Call-ID: she0tx9s2wbtr1xkbwnz97jfj1
CSeq: 1 INVITE
Server: baresip v1.0.0 (x86_64/linux)
Contact: <sip:203-0x55e62da7da30@127.0.0.1:20002>
Allow: INVITE,ACK,BYE,CANCEL,OPTIONS,NOTIFY,SUBSCRIBE,INFO,MESSAGE,REFER
Content-Type: application/sdp
Content-Length: 304

v=0
o=- 1669603601 1744063256 IN IP4 127.0.0.1
s=-
c=IN IP4 127.0.0.1
t=0 0
a=tool:baresip 1.0.0
m=audio 20082 RTP/AVP 8 101
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-15
a=sendrecv
a=label:1
a=ssrc:845378101 cname:sip:203@demo.vaxel.test
a=minptime:20
a=ptime:20
');
INSERT INTO public.messages VALUES (17, '1m7ybyt03gcwvngqtp8xt8', '1m7ybyq7rczpsxe7aqngwk', 1795241764879, 'she0tx9s2wbtr1xkbwnz97jfj1', 'out', 'udp', '127.0.0.1:18904', '127.0.0.1:20002', 'ACK sip:203-0x55e62da7da30@127.0.0.1:20002 SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:18904;branch=z9hG4bKpmhzc586xc0w0xxz;rport
Max-Forwards: 70
From: "Oliver Hughes" <sip:202@demo.vaxel.test>;tag=89exj5fbjpz97zg2
To: <sip:203@demo.vaxel.test>;tag=f36551b011af44e5
Call-ID: she0tx9s2wbtr1xkbwnz97jfj1
CSeq: 1 ACK
User-Agent: Vaxel/0.1.0
Content-Length: 0

');
INSERT INTO public.messages VALUES (18, '1m7ybyt03gcwvngqtp8xt8', '1m7ybyq7rczpsxe7aqngwk', 1795241764884, '32f7db0bbdad04c4', 'out', 'udp', '127.0.0.1:18904', '127.0.0.1:11202', 'SIP/2.0 200 OK
Via: SIP/2.0/UDP 127.0.0.1:11202;branch=z9hG4bKa71920d32eb7a1ec;rport=11202;received=127.0.0.1
From: <sip:202@127.0.0.1:18904>;tag=28bd130beddc9eed
To: <sip:203@127.0.0.1:18904;transport=udp>;tag=1dfcybsnq8ckffwr
Call-ID: 32f7db0bbdad04c4
CSeq: 26144 INVITE
Contact: <sip:203@127.0.0.1:18904>
Allow: INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REFER, NOTIFY, SUBSCRIBE, MESSAGE, REGISTER
Supported: 100rel, timer, replaces, norefersub
Server: Vaxel/0.1.0
Content-Type: application/sdp
Content-Length: 204

v=0
o=- 156922877270191 1 IN IP4 127.0.0.1
s=-
t=0 0
m=audio 18886 RTP/AVP 8 101
c=IN IP4 127.0.0.1
a=rtpmap:8 PCMA/8000
a=rtpmap:101 telephone-event/8000
a=fmtp:101 0-16
a=ptime:20
a=sendrecv
');
INSERT INTO public.messages VALUES (19, '1m7ybyt03gcwvngqtp8xt8', '1m7ybyq7rczpsxe7aqngwk', 1795241764889, '32f7db0bbdad04c4', 'in', 'udp', '127.0.0.1:18904', '127.0.0.1:11202', 'ACK sip:203@127.0.0.1:18904 SIP/2.0
Via: SIP/2.0/UDP 127.0.0.1:11202;branch=z9hG4bKf575f990cafb4ed8;rport
Max-Forwards: 70
Proxy-Authorization: Digest username="202", realm="demo.vaxel.test", nonce="AAAAABDxb9_-5AAAAAWYdXKpjDQUMVKia7ju13dd", uri="sip:203@127.0.0.1:18904", response="…", cnonce="67764d36c9f5fa7e", qop=auth, nc=00000002
To: <sip:203@127.0.0.1:18904;transport=udp>;tag=1dfcybsnq8ckffwr
From: <sip:202@127.0.0.1:18904>;tag=28bd130beddc9eed
Call-ID: 32f7db0bbdad04c4
CSeq: 26144 ACK
User-Agent: baresip v1.0.0 (x86_64/linux)
Content-Length: 0

');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '201', 0, '{"kind":"user","userId":"1m7ybyq7s69txh9113hxgk"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500401', 1, '{"kind":"user","userId":"1m7ybyq7s69txh9113hxgk"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '202', 0, '{"kind":"user","userId":"1m7ybyq7tzmdfgrmzx6q1a"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500402', 1, '{"kind":"user","userId":"1m7ybyq7tzmdfgrmzx6q1a"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '203', 0, '{"kind":"user","userId":"1m7ybyq7ta1f0q7g5bnz3n"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500403', 1, '{"kind":"user","userId":"1m7ybyq7ta1f0q7g5bnz3n"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '204', 0, '{"kind":"user","userId":"1m7ybyq7trbq7sn58bvdba"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500404', 1, '{"kind":"user","userId":"1m7ybyq7trbq7sn58bvdba"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '205', 0, '{"kind":"user","userId":"1m7ybyq7tq6k1r7r2v9v11"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500405', 1, '{"kind":"user","userId":"1m7ybyq7tq6k1r7r2v9v11"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '206', 0, '{"kind":"user","userId":"1m7ybyq7t359nfvwzx8dbk"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500406', 1, '{"kind":"user","userId":"1m7ybyq7t359nfvwzx8dbk"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '207', 0, '{"kind":"user","userId":"1m7ybyq7t532zawqdgkj6q"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500407', 1, '{"kind":"user","userId":"1m7ybyq7t532zawqdgkj6q"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '208', 0, '{"kind":"user","userId":"1m7ybyq7ywarpzjgh3xtxc"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500408', 1, '{"kind":"user","userId":"1m7ybyq7ywarpzjgh3xtxc"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '209', 0, '{"kind":"user","userId":"1m7ybyq7y59f8dvzxe5wt6"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500409', 1, '{"kind":"user","userId":"1m7ybyq7y59f8dvzxe5wt6"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '210', 0, '{"kind":"user","userId":"1m7ybyq7yr1n4gvx5dqdyr"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500410', 1, '{"kind":"user","userId":"1m7ybyq7yr1n4gvx5dqdyr"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '211', 0, '{"kind":"user","userId":"1m7ybyq7ycampgg2z91ekz"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500411', 1, '{"kind":"user","userId":"1m7ybyq7ycampgg2z91ekz"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '212', 0, '{"kind":"user","userId":"1m7ybyq7y562pwz8d9vgkp"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500412', 1, '{"kind":"user","userId":"1m7ybyq7y562pwz8d9vgkp"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '213', 0, '{"kind":"user","userId":"1m7ybyq7y41wdqhk8a27rr"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500413', 1, '{"kind":"user","userId":"1m7ybyq7y41wdqhk8a27rr"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '214', 0, '{"kind":"user","userId":"1m7ybyq7y12590styvs2zr"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500414', 1, '{"kind":"user","userId":"1m7ybyq7y12590styvs2zr"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '215', 0, '{"kind":"user","userId":"1m7ybyq7yzwhkgqaw3a83t"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500415', 1, '{"kind":"user","userId":"1m7ybyq7yzwhkgqaw3a83t"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '216', 0, '{"kind":"user","userId":"1m7ybyq7ye37csk7abza1s"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500416', 1, '{"kind":"user","userId":"1m7ybyq7ye37csk7abza1s"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '217', 0, '{"kind":"user","userId":"1m7ybyq7ytkmtea2nv0hx0"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500417', 1, '{"kind":"user","userId":"1m7ybyq7ytkmtea2nv0hx0"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '218', 0, '{"kind":"user","userId":"1m7ybyq7yzwspwqfmt0psp"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500418', 1, '{"kind":"user","userId":"1m7ybyq7yzwspwqfmt0psp"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '219', 0, '{"kind":"user","userId":"1m7ybyq7ydyxw8v87pmr3f"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500419', 1, '{"kind":"user","userId":"1m7ybyq7ydyxw8v87pmr3f"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '220', 0, '{"kind":"user","userId":"1m7ybyq7ydhwsm61acmz08"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '+46846500420', 1, '{"kind":"user","userId":"1m7ybyq7ydhwsm61acmz08"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '230', 0, '{"kind":"group","name":"Sales","userIds":["1m7ybyq7trbq7sn58bvdba","1m7ybyq7tq6k1r7r2v9v11","1m7ybyq7t359nfvwzx8dbk","1m7ybyq7t532zawqdgkj6q"]}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '300', 0, '{"kind":"service","service":"queue"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '400', 0, '{"kind":"service","service":"conference"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '600', 0, '{"kind":"service","service":"echo"}');
INSERT INTO public.numbers VALUES ('1m7ybyq7rczpsxe7aqngwk', '700', 0, '{"kind":"service","service":"voicemail"}');
INSERT INTO public.operators VALUES ('1m7ybyq7s69txh9113hxgk');
INSERT INTO public.passwords VALUES ('1m7ybyq7s69txh9113hxgk', '$argon2id$v=19$m=19456,t=2,p=1$cbNhOdt69AbKdWEbhuotqg$iKHbnCTsQpa4IgjxdNXB0jp3GGqYhIvTT3JHszNHUR0');
INSERT INTO public.passwords VALUES ('1m7ybyq7tzmdfgrmzx6q1a', '$argon2id$v=19$m=19456,t=2,p=1$qbalRtWNK6EUHPkllKah1A$RqKpxD/2NM0dCquKH5TzQKYxAh+AngssfBP4eUQEX60');
INSERT INTO public.passwords VALUES ('1m7ybyq7ta1f0q7g5bnz3n', '$argon2id$v=19$m=19456,t=2,p=1$G50K0X1jz1xyI+qZk0hgmQ$IzO612SO88DC1VXDbPuUdwpIIRDXJkl3IViGdPWgwu0');
INSERT INTO public.passwords VALUES ('1m7ybyq7trbq7sn58bvdba', '$argon2id$v=19$m=19456,t=2,p=1$ZI4ri1DYVK3UsYsAZ5kgzQ$dqGMCAvcQUkuTdZGMuXMmU+35vC1XA/ptH3WO1zwzYk');
INSERT INTO public.passwords VALUES ('1m7ybyq7tq6k1r7r2v9v11', '$argon2id$v=19$m=19456,t=2,p=1$lDel81JETQBPSbQyHLCqng$4Mq9/HJGNQsCv9ZckrUV+M+9Bhh5ZfVC6wJhnivX8c4');
INSERT INTO public.passwords VALUES ('1m7ybyq7t359nfvwzx8dbk', '$argon2id$v=19$m=19456,t=2,p=1$mZmBCZkme7JSDJOhoHJZzw$U4INktmtu3e1uukRlBxjsQCrpAX9OoiE9vUe/rXlSBo');
INSERT INTO public.passwords VALUES ('1m7ybyq7t532zawqdgkj6q', '$argon2id$v=19$m=19456,t=2,p=1$oS/snAufZT28OGhl3PJFDQ$YXtowAtvVl9y8oLTjQV4IBadtqR3328ZYo6qAThnq7Q');
INSERT INTO public.passwords VALUES ('1m7ybyq7ywarpzjgh3xtxc', '$argon2id$v=19$m=19456,t=2,p=1$5KWoRd37Tp0Kgc1boSmieA$0Mpiun8wuYWwNnhNYVWEbhKOLd5xk8rOGV00KH4qrow');
INSERT INTO public.passwords VALUES ('1m7ybyq7y59f8dvzxe5wt6', '$argon2id$v=19$m=19456,t=2,p=1$Faz1zyn6gKpv5jNSko9Mxg$lg8Nz64FyIgWUwuxMnOS63A5JpiHSwzxug/ieJSZ/pI');
INSERT INTO public.passwords VALUES ('1m7ybyq7yr1n4gvx5dqdyr', '$argon2id$v=19$m=19456,t=2,p=1$Q7k0i5/LnR5cXSMpfjuuew$2KHTfbaPzlfsy/Neqxu7aJzrW6xWiHsB/Bnjp82MXyc');
INSERT INTO public.passwords VALUES ('1m7ybyq7ycampgg2z91ekz', '$argon2id$v=19$m=19456,t=2,p=1$OjCFoFIuRYR2jroilRtn9A$hYj2qB8YTFOp9huxMPiqoAWeMdBirtbn7k7j3516gxw');
INSERT INTO public.passwords VALUES ('1m7ybyq7y562pwz8d9vgkp', '$argon2id$v=19$m=19456,t=2,p=1$mPUHYzcVWDL7FlnOq+jCuA$ZMOtySd3dI38STRYJyrWCsCotW88VWJeWyZXSyaMYNA');
INSERT INTO public.passwords VALUES ('1m7ybyq7y41wdqhk8a27rr', '$argon2id$v=19$m=19456,t=2,p=1$aM+e0FzKSgCD3P+rBbCnyQ$w9FLnEabisKkB3p5dUtswjPcvMvmaOo7kRBsfDM9seA');
INSERT INTO public.passwords VALUES ('1m7ybyq7y12590styvs2zr', '$argon2id$v=19$m=19456,t=2,p=1$uof8dwWH4LHwkPwOLb6daA$88DDacclPTVcKn1pmlypaKad4qE3pwyqfc8CJ+TNHJ0');
INSERT INTO public.passwords VALUES ('1m7ybyq7yzwhkgqaw3a83t', '$argon2id$v=19$m=19456,t=2,p=1$GXLxZIBVTrUOME8MflDJPA$z9zWnxtEZA7Ty2L3qOwyCKoC8KMIpnwUeVLAV5hlp94');
INSERT INTO public.passwords VALUES ('1m7ybyq7ye37csk7abza1s', '$argon2id$v=19$m=19456,t=2,p=1$TlFXjM/ALw1yk9dNJGm5cg$esnlh6gtSUMegf+1hojAs7wNj5KHDhEb0zlFUnKQbGo');
INSERT INTO public.passwords VALUES ('1m7ybyq7ytkmtea2nv0hx0', '$argon2id$v=19$m=19456,t=2,p=1$aE+K1Daawzshs7MMaGsdfg$WD7O6zSqrut7An/4RBgNvfmJN1V/azbqT1QJfxuzrBs');
INSERT INTO public.passwords VALUES ('1m7ybyq7yzwspwqfmt0psp', '$argon2id$v=19$m=19456,t=2,p=1$0exwVFEg8y0nFGSI8B7naQ$FIi8s+Gow8D12T5/3AE9PDxmrZlJimbtaNVLRlqV+SA');
INSERT INTO public.passwords VALUES ('1m7ybyq7ydyxw8v87pmr3f', '$argon2id$v=19$m=19456,t=2,p=1$wmdGg8vNYUNGap2Lpz/aEg$UHtfp+3Vyk+Rqc1NxHZ3URrTIYOVjxGi/sImBKSag5E');
INSERT INTO public.passwords VALUES ('1m7ybyq7ydhwsm61acmz08', '$argon2id$v=19$m=19456,t=2,p=1$XnT+deQDPCsNEIy1wqA4HA$ZewE56wEiOFMEvanbyg2y3uC+tDow02PLR+/5/ytDhI');
INSERT INTO public.schema_version VALUES (1, 'first schema', 1795241775060);
INSERT INTO public.sessions VALUES ('1m7ybyt3d4drb3t3qa9mqf', 'dea702dbcf4eb92efd99d223005550d2e538c1f0cc5ab9cbf7ebcd80fc233a15', '1m7ybyq7s69txh9113hxgk', '1m7ybyq7rczpsxe7aqngwk', 1795241764973, 1797833764973, 1795241764973, '127.0.0.1');
INSERT INTO public.trunks VALUES ('1m7ybyr14kwdwe8bd6grv3', '1m7ybyq7rczpsxe7aqngwk', 'pstn', 'none', '{"targets":[{"host":"127.0.0.1","port":5080,"protocol":"udp"}],"fromAddresses":["127.0.0.1:5080"],"prefixes":["0","+"],"pricePerMinuteMicros":{"":0}}');
INSERT INTO public.users VALUES ('1m7ybyq7s69txh9113hxgk', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '201', 'Anna Lindqvist', '201', 'sv', 'administrator', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7tzmdfgrmzx6q1a', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '202', 'Oliver Hughes', '202', 'en', 'supervisor', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7ta1f0q7g5bnz3n', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '203', 'Camille Fournier', '203', 'fr', 'attendant', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7trbq7sn58bvdba', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '204', 'Erik Sjöberg', '204', 'sv', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7tq6k1r7r2v9v11', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '205', 'Charlotte Whitfield', '205', 'en', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7t359nfvwzx8dbk', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '206', 'Étienne Marchand', '206', 'fr', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7t532zawqdgkj6q', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '207', 'Åsa Nyström', '207', 'sv', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7ywarpzjgh3xtxc', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '208', 'Thomas Ashworth', '208', 'en', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7y59f8dvzxe5wt6', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '209', 'Zoé Lefèvre', '209', 'fr', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7yr1n4gvx5dqdyr', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '210', 'Björn Håkansson', '210', 'sv', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7ycampgg2z91ekz', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '211', 'Grace Pemberton', '211', 'en', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7y562pwz8d9vgkp', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '212', 'François Delacroix', '212', 'fr', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7y41wdqhk8a27rr', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '213', 'Karin Öhman', '213', 'sv', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7y12590styvs2zr', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '214', 'Daniel Fairbairn', '214', 'en', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7yzwhkgqaw3a83t', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '215', 'Noémie Rousseau', '215', 'fr', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7ye37csk7abza1s', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '216', 'Göran Ekström', '216', 'sv', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7ytkmtea2nv0hx0', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '217', 'Emily Thornbury', '217', 'en', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7yzwspwqfmt0psp', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '218', 'Gaëlle Besson', '218', 'fr', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7ydyxw8v87pmr3f', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '219', 'Märta Söderlund', '219', 'sv', 'user', 25, '{"limits":{}}');
INSERT INTO public.users VALUES ('1m7ybyq7ydhwsm61acmz08', '1m7ybyq7rczpsxe7aqngwk', 'demo.vaxel.test', '220', 'Jack Holloway', '220', 'en', 'user', 25, '{"limits":{}}');
ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.bindings
    ADD CONSTRAINT bindings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.call_users
    ADD CONSTRAINT call_users_key PRIMARY KEY (user_id, call_id);
ALTER TABLE ONLY public.calls
    ADD CONSTRAINT calls_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.companies
    ADD CONSTRAINT companies_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.device_secrets
    ADD CONSTRAINT device_secrets_key PRIMARY KEY (device_id, algorithm, realm);
ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_username UNIQUE (domain, sip_username);
ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.legs
    ADD CONSTRAINT legs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (number);
ALTER TABLE ONLY public.numbers
    ADD CONSTRAINT numbers_key PRIMARY KEY (company_id, number);
ALTER TABLE ONLY public.operators
    ADD CONSTRAINT operators_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY public.passwords
    ADD CONSTRAINT passwords_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY public.schema_version
    ADD CONSTRAINT schema_version_pkey PRIMARY KEY (version);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_token_hash_key UNIQUE (token_hash);
ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (name);
ALTER TABLE ONLY public.trunks
    ADD CONSTRAINT trunks_name UNIQUE (company_id, name);
ALTER TABLE ONLY public.trunks
    ADD CONSTRAINT trunks_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_address UNIQUE (domain, name);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
CREATE INDEX api_tokens_by_user_id ON public.api_tokens USING btree (user_id);
CREATE INDEX bindings_by_device_id ON public.bindings USING btree (device_id);
CREATE INDEX bindings_by_user_id ON public.bindings USING btree (user_id);
CREATE INDEX calls_by_company_id_id ON public.calls USING btree (company_id, id);
CREATE INDEX calls_open ON public.calls USING btree (id) WHERE (ended_at_ms IS NULL);
CREATE INDEX devices_by_user_id ON public.devices USING btree (user_id);
CREATE INDEX events_by_call_id_number ON public.events USING btree (call_id, number);
CREATE INDEX events_by_company_id_number ON public.events USING btree (company_id, number);
CREATE INDEX legs_by_call_id ON public.legs USING btree (call_id);
CREATE INDEX messages_by_call_id_number ON public.messages USING btree (call_id, number);
CREATE UNIQUE INDEX numbers_direct ON public.numbers USING btree (number) WHERE (is_direct = 1);
CREATE INDEX sessions_by_user_id ON public.sessions USING btree (user_id);
CREATE INDEX users_by_company_id ON public.users USING btree (company_id);
ALTER TABLE ONLY public.api_tokens
    ADD CONSTRAINT api_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.bindings
    ADD CONSTRAINT bindings_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.bindings
    ADD CONSTRAINT bindings_device_id_fkey FOREIGN KEY (device_id) REFERENCES public.devices(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.bindings
    ADD CONSTRAINT bindings_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.device_secrets
    ADD CONSTRAINT device_secrets_device_id_fkey FOREIGN KEY (device_id) REFERENCES public.devices(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.devices
    ADD CONSTRAINT devices_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.numbers
    ADD CONSTRAINT numbers_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.operators
    ADD CONSTRAINT operators_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.passwords
    ADD CONSTRAINT passwords_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.trunks
    ADD CONSTRAINT trunks_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_company_id_fkey FOREIGN KEY (company_id) REFERENCES public.companies(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_domain_fkey FOREIGN KEY (domain) REFERENCES public.domains(name) ON DELETE CASCADE;