"""All tables of identity, with those that the bus and the chassis keep beside them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from chassis.db import JSONDocument, UtcDateTime

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Expand."""
    op.create_table('bus_aggregates',
    sa.Column('type', sa.String(length=40), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('seq > 0', name='ck_bus_aggregates_seq'),
    sa.PrimaryKeyConstraint('type', 'id', name=op.f('pk_bus_aggregates')),
    comment='How many announcements each aggregate has made; its row lock puts them in order'
    )
    op.create_table('bus_attempts',
    sa.Column('consumer', sa.String(length=80), nullable=False),
    sa.Column('message_id', sa.Uuid(), nullable=False),
    sa.Column('started', sa.Integer(), nullable=False),
    sa.Column('started_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('consumer', 'message_id', name=op.f('pk_bus_attempts')),
    comment='Suspects, counted before they are handled, so that one which kills the process is counted too'
    )
    op.create_table('bus_inbox',
    sa.Column('consumer', sa.String(length=80), nullable=False),
    sa.Column('message_id', sa.Uuid(), nullable=False),
    sa.Column('type', sa.String(length=120), nullable=False),
    sa.Column('handled_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('consumer', 'message_id', name=op.f('pk_bus_inbox')),
    comment='Handled already: the same message again changes nothing'
    )
    with op.batch_alter_table('bus_inbox', schema=None) as batch_op:
        batch_op.create_index('ix_bus_inbox_handled', ['handled_at'], unique=False)

    op.create_table('bus_outbox',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=True, nullable=False),
    sa.Column('shard', sa.SmallInteger(), nullable=False),
    sa.Column('message_id', sa.Uuid(), nullable=False),
    sa.Column('aggregate_type', sa.String(length=40), nullable=False),
    sa.Column('aggregate_id', sa.Uuid(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('type', sa.String(length=120), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('traceparent', sa.String(length=80), nullable=True),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bus_outbox')),
    sa.UniqueConstraint('aggregate_type', 'aggregate_id', 'seq', name='uq_bus_outbox_aggregate_seq'),
    comment='Announced and not yet confirmed by the broker; the relay empties it',
    sqlite_autoincrement=True
    )
    with op.batch_alter_table('bus_outbox', schema=None) as batch_op:
        batch_op.create_index('ix_bus_outbox_shard', ['shard', 'id'], unique=False)

    op.create_table('code_serials',
    sa.Column('series', sa.String(length=20), nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('series', name=op.f('pk_code_serials'))
    )
    op.create_table('dealers',
    sa.Column('code', sa.String(length=5), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('bank_account_name', sa.String(length=100), nullable=False),
    sa.Column('bank_name', sa.String(length=100), nullable=False),
    sa.Column('bank_account_number', sa.String(length=32), nullable=False),
    sa.Column('contact_name', sa.String(length=50), nullable=False),
    sa.Column('contact_phone', sa.String(length=30), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('updated_at', UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dealers')),
    sa.UniqueConstraint('code', name='uq_dealers_code'),
    sa.UniqueConstraint('name', name='uq_dealers_name')
    )
    op.create_table('development_messages',
    sa.Column('mobile', sa.String(length=11), nullable=False),
    sa.Column('text', sa.String(length=200), nullable=False),
    sa.Column('code', sa.String(length=10), nullable=False),
    sa.Column('sent_at', UtcDateTime(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_development_messages'))
    )
    with op.batch_alter_table('development_messages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_development_messages_sent_at'), ['sent_at'], unique=False)

    op.create_table('idempotency_keys',
    sa.Column('owner', sa.String(length=80), nullable=False),
    sa.Column('key', sa.String(length=200), nullable=False),
    sa.Column('request_hash', sa.String(length=64), nullable=False),
    sa.Column('status', sa.Integer(), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=True),
    sa.Column('headers', sa.JSON(), nullable=True),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('owner', 'key', name=op.f('pk_idempotency_keys'))
    )
    with op.batch_alter_table('idempotency_keys', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_idempotency_keys_created_at'), ['created_at'], unique=False)

    op.create_table('jobs',
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('kind', sa.String(length=80), nullable=False),
    sa.Column('args', JSONDocument, nullable=False),
    sa.Column('owner_id', sa.Uuid(), nullable=True),
    sa.Column('state', sa.String(length=10), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('result', JSONDocument, nullable=True),
    sa.Column('error', sa.String(length=1000), nullable=True),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('lease_until', UtcDateTime(), nullable=True),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('finished_at', UtcDateTime(), nullable=True),
    sa.CheckConstraint("state IN ('waiting', 'running', 'done', 'failed')", name='ck_jobs_state'),
    sa.CheckConstraint('progress BETWEEN 0 AND 100', name='ck_jobs_progress'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_jobs'))
    )
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.create_index('ix_jobs_state_created_at', ['state', 'created_at'], unique=False)

    op.create_table('periodic_leases',
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('next_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_periodic_leases'))
    )
    op.create_table('signing_keys',
    sa.Column('kid', sa.String(length=40), nullable=False),
    sa.Column('sealed_private', sa.LargeBinary(), nullable=False),
    sa.Column('public', sa.JSON(), nullable=False),
    sa.Column('active_from', UtcDateTime(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.PrimaryKeyConstraint('kid', name=op.f('pk_signing_keys'))
    )
    op.create_table('sms_codes',
    sa.Column('mobile', sa.String(length=11), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('address_key', sa.String(length=64), nullable=False),
    sa.Column('sent_at', UtcDateTime(), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.Column('used_at', UtcDateTime(), nullable=True),
    sa.Column('wrong_tries', sa.Integer(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sms_codes'))
    )
    with op.batch_alter_table('sms_codes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sms_codes_address_key'), ['address_key'], unique=False)
        batch_op.create_index('ix_sms_codes_mobile_sent_at', ['mobile', 'sent_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_sms_codes_sent_at'), ['sent_at'], unique=False)

    op.create_table('wrong_tries',
    sa.Column('subject', sa.String(length=10), nullable=False),
    sa.Column('key', sa.String(length=64), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('window_began', UtcDateTime(), nullable=False),
    sa.Column('locked_until', UtcDateTime(), nullable=True),
    sa.PrimaryKeyConstraint('subject', 'key', name=op.f('pk_wrong_tries'))
    )
    with op.batch_alter_table('wrong_tries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_wrong_tries_window_began'), ['window_began'], unique=False)

    op.create_table('dealer_clients',
    sa.Column('dealer_id', sa.Uuid(), nullable=False),
    sa.Column('name', sa.String(length=50), nullable=False),
    sa.Column('secret_hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('revoked_at', UtcDateTime(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['dealer_id'], ['dealers.id'], name=op.f('fk_dealer_clients_dealer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dealer_clients'))
    )
    with op.batch_alter_table('dealer_clients', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_dealer_clients_dealer_id'), ['dealer_id'], unique=False)

    op.create_table('providers',
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('account_name', sa.String(length=100), nullable=False),
    sa.Column('dealer_id', sa.Uuid(), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('updated_at', UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('length(code) = 6', name='ck_providers_code'),
    sa.ForeignKeyConstraint(['dealer_id'], ['dealers.id'], name=op.f('fk_providers_dealer_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_providers')),
    sa.UniqueConstraint('code', name='uq_providers_code'),
    sa.UniqueConstraint('name', name='uq_providers_name')
    )
    with op.batch_alter_table('providers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_providers_dealer_id'), ['dealer_id'], unique=False)

    op.create_table('accounts',
    sa.Column('login', sa.String(length=32), nullable=True),
    sa.Column('mobile', sa.String(length=11), nullable=True),
    sa.Column('name', sa.String(length=50), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('provider_id', sa.Uuid(), nullable=True),
    sa.Column('dealer_id', sa.Uuid(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.Column('created_at', UtcDateTime(), nullable=False),
    sa.Column('updated_at', UtcDateTime(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.CheckConstraint('login IS NOT NULL OR mobile IS NOT NULL', name='ck_accounts_known_by'),
    sa.CheckConstraint('mobile IS NULL OR length(mobile) = 11', name='ck_accounts_mobile'),
    sa.ForeignKeyConstraint(['dealer_id'], ['dealers.id'], name=op.f('fk_accounts_dealer_id')),
    sa.ForeignKeyConstraint(['provider_id'], ['providers.id'], name=op.f('fk_accounts_provider_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_accounts')),
    sa.UniqueConstraint('id', 'dealer_id', name='uq_accounts_id_dealer'),
    sa.UniqueConstraint('id', 'provider_id', name='uq_accounts_id_provider'),
    sa.UniqueConstraint('login', name='uq_accounts_login'),
    sa.UniqueConstraint('mobile', name='uq_accounts_mobile')
    )
    with op.batch_alter_table('accounts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_accounts_dealer_id'), ['dealer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_accounts_provider_id'), ['provider_id'], unique=False)

    op.create_table('grants',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('provider_id', sa.Uuid(), nullable=True),
    sa.Column('dealer_id', sa.Uuid(), nullable=True),
    sa.CheckConstraint("(role IN ('provider_admin', 'registrar', 'class_teacher', 'assistant', 'business_manager') AND provider_id IS NOT NULL AND dealer_id IS NULL) OR (role IN ('account_manager', 'dealer_finance') AND dealer_id IS NOT NULL AND provider_id IS NULL) OR (role IN ('platform_reviewer', 'platform_admin', 'learner') AND provider_id IS NULL AND dealer_id IS NULL)", name='ck_grants_scope'),
    sa.ForeignKeyConstraint(['account_id', 'dealer_id'], ['accounts.id', 'accounts.dealer_id'], name='fk_grants_own_dealer'),
    sa.ForeignKeyConstraint(['account_id', 'provider_id'], ['accounts.id', 'accounts.provider_id'], name='fk_grants_own_provider'),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_grants_account_id')),
    sa.PrimaryKeyConstraint('account_id', 'role', name=op.f('pk_grants'))
    )
    op.create_table('sign_ins',
    sa.Column('account_id', sa.Uuid(), nullable=False),
    sa.Column('began_at', UtcDateTime(), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.Column('ended_at', UtcDateTime(), nullable=True),
    sa.Column('end_reason', sa.String(length=20), nullable=True),
    sa.Column('device', sa.String(length=200), nullable=False),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.CheckConstraint('(ended_at IS NULL) = (end_reason IS NULL)', name='ck_sign_ins_end'),
    sa.ForeignKeyConstraint(['account_id'], ['accounts.id'], name=op.f('fk_sign_ins_account_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_ins'))
    )
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_ins_account_id'), ['account_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_sign_ins_expires_at'), ['expires_at'], unique=False)

    op.create_table('refresh_tokens',
    sa.Column('sign_in_id', sa.Uuid(), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('issued_at', UtcDateTime(), nullable=False),
    sa.Column('expires_at', UtcDateTime(), nullable=False),
    sa.Column('used_at', UtcDateTime(), nullable=True),
    sa.Column('id', sa.Uuid(), nullable=False),
    sa.ForeignKeyConstraint(['sign_in_id'], ['sign_ins.id'], name=op.f('fk_refresh_tokens_sign_in_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_refresh_tokens')),
    sa.UniqueConstraint('token_hash', name='uq_refresh_tokens_token_hash')
    )
    with op.batch_alter_table('refresh_tokens', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_refresh_tokens_sign_in_id'), ['sign_in_id'], unique=False)



def downgrade() -> None:
    """Back to the revision before."""
    with op.batch_alter_table('refresh_tokens', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_refresh_tokens_sign_in_id'))

    op.drop_table('refresh_tokens')
    with op.batch_alter_table('sign_ins', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_ins_expires_at'))
        batch_op.drop_index(batch_op.f('ix_sign_ins_account_id'))

    op.drop_table('sign_ins')
    op.drop_table('grants')
    with op.batch_alter_table('accounts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_accounts_provider_id'))
        batch_op.drop_index(batch_op.f('ix_accounts_dealer_id'))

    op.drop_table('accounts')
    with op.batch_alter_table('providers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_providers_dealer_id'))

    op.drop_table('providers')
    with op.batch_alter_table('dealer_clients', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_dealer_clients_dealer_id'))

    op.drop_table('dealer_clients')
    with op.batch_alter_table('wrong_tries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_wrong_tries_window_began'))

    op.drop_table('wrong_tries')
    with op.batch_alter_table('sms_codes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sms_codes_sent_at'))
        batch_op.drop_index('ix_sms_codes_mobile_sent_at')
        batch_op.drop_index(batch_op.f('ix_sms_codes_address_key'))

    op.drop_table('sms_codes')
    op.drop_table('signing_keys')
    op.drop_table('periodic_leases')
    with op.batch_alter_table('jobs', schema=None) as batch_op:
        batch_op.drop_index('ix_jobs_state_created_at')

    op.drop_table('jobs')
    with op.batch_alter_table('idempotency_keys', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_idempotency_keys_created_at'))

    op.drop_table('idempotency_keys')
    with op.batch_alter_table('development_messages', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_development_messages_sent_at'))

    op.drop_table('development_messages')
    op.drop_table('dealers')
    op.drop_table('code_serials')
    with op.batch_alter_table('bus_outbox', schema=None) as batch_op:
        batch_op.drop_index('ix_bus_outbox_shard')

    op.drop_table('bus_outbox')
    with op.batch_alter_table('bus_inbox', schema=None) as batch_op:
        batch_op.drop_index('ix_bus_inbox_handled')

    op.drop_table('bus_inbox')
    op.drop_table('bus_attempts')
    op.drop_table('bus_aggregates')
