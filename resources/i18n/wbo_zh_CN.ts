<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>AcceptDepositDialog</name>
    <message>
        <source>Accept {record_no}, {amount}</source>
        <translation>核实入账 {record_no}，{amount}</translation>
    </message>
    <message>
        <source>The amount found on chain is credited once the confirmations are complete.</source>
        <translation>确认数足够后，按链上金额入账。</translation>
    </message>
    <message>
        <source>The client confirmed the amount</source>
        <translation>客户确认金额</translation>
    </message>
    <message>
        <source>The network was congested</source>
        <translation>网络拥塞</translation>
    </message>
    <message>
        <source>The supervisor agreed</source>
        <translation>主管同意</translation>
    </message>
</context>
<context>
    <name>ActBar</name>
    <message>
        <source>No row selected</source>
        <translation>未选择数据</translation>
    </message>
    <message>
        <source>Show {name} in the table</source>
        <translation>在列表中显示 {name}</translation>
    </message>
    <message>
        <source>{act} · {name}</source>
        <translation>{act} · {name}</translation>
    </message>
</context>
<context>
    <name>AddWalletDialog</name>
    <message>
        <source>Add wallet</source>
        <translation>新增钱包</translation>
    </message>
    <message>
        <source>As in the core system</source>
        <translation>与核心系统一致</translation>
    </message>
    <message numerus="yes">
        <source>Refunds can go to it %n hour(s) after it was verified, since the desk added it.</source>
        <translation>
            <numerusform>由于是操作员新增，认证后 %n 小时方可收取退币。</numerusform>
        </translation>
    </message>
    <message>
        <source>Remark (optional)</source>
        <translation>备注（选填）</translation>
    </message>
    <message>
        <source>The address is added as unverified. Verify it with the client afterwards.</source>
        <translation>地址新增后为“未认证”，其后须与客户完成认证。</translation>
    </message>
    <message>
        <source>Verified for client {client_no} already; it cannot be verified here without an exception.</source>
        <translation>已认证给客户 {client_no}；如无特别允许，不能再为此客户认证。</translation>
    </message>
    <message>
        <source>{name}, {account}</source>
        <translation>{name}，{account}</translation>
    </message>
    <message>
        <source>{name}, {account}: identity not verified yet</source>
        <translation>{name}，{account}：尚未核实身份</translation>
    </message>
</context>
<context>
    <name>AddressCompare</name>
    <message numerus="yes">
        <source>%n character(s) differ: not the same address</source>
        <translation>
            <numerusform>%n 个字符不同，并非同一地址</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AgreeSharedWalletDialog</name>
    <message>
        <source>Deposits from this address may then be credited to both clients, and refunds of both may go there. Look at the papers yourself.</source>
        <translation>其后，由此地址的入币可记入两名客户，两名客户的退币亦可转往此地址。请亲自查阅文件。</translation>
    </message>
    <message>
        <source>Let {client_no} and {other} share it</source>
        <translation>让 {client_no} 与 {other} 共用</translation>
    </message>
</context>
<context>
    <name>AllowSharedWalletDialog</name>
    <message>
        <source>Ask to share with {client_no}</source>
        <translation>申请与 {client_no} 共用</translation>
    </message>
    <message>
        <source>Joint wallet of both clients</source>
        <translation>两位客户的联名钱包</translation>
    </message>
    <message>
        <source>One address proves one client. Allow two only when both are known to share it, such as a joint wallet. Another person has to agree before it counts.</source>
        <translation>一个地址只证明一名客户。只有确知两名客户共用（例如联名钱包），方可允许。须另一人同意后方生效。</translation>
    </message>
    <message>
        <source>Personal and company account of one owner</source>
        <translation>同一人的个人及公司账户</translation>
    </message>
</context>
<context>
    <name>ApproveRefundDialog</name>
    <message>
        <source>Approve {refund_no}, {amount}</source>
        <translation>批准 {refund_no}，{amount}</translation>
    </message>
    <message>
        <source>Compare every line with the client&apos;s request. These values were read from the database just now.</source>
        <translation>请逐项与客户的要求核对。以下资料刚从数据库重新读取。</translation>
    </message>
</context>
<context>
    <name>ApproveRequestDialog</name>
    <message>
        <source>Approve for {login}</source>
        <translation>批准授权 {login}</translation>
    </message>
    <message>
        <source>Two people of different hands decide this. Ask {login} why, by telephone or in person, before you agree.</source>
        <translation>此事须由两位独立的人员决定。批准前，请致电或当面向 {login} 查询原因。</translation>
    </message>
</context>
<context>
    <name>AuditEntryDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Not sealed yet; the worker does it within seconds</source>
        <translation>尚未封存，系统会在数秒内完成</translation>
    </message>
    <message>
        <source>{action}: {object} {id}</source>
        <translation>{action}：{object} {id}</translation>
    </message>
</context>
<context>
    <name>Banner</name>
    <message>
        <source>Fold</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>Show notice</source>
        <translation>显示提示</translation>
    </message>
    <message>
        <source>Your password was changed outside WBO Desktop, so this login only looks: every act is refused until an administrator has confirmed the password under Operators &amp; Permissions. If it was not you, tell an administrator at once.</source>
        <translation>你的密码曾在 WBO Desktop 以外被更改，此账号目前只可查阅：管理员在“操作员与权限”确认密码前，一切操作均被拒绝。如非你本人更改，请立即通知管理员。</translation>
    </message>
    <message>
        <source>{cause} What is on the screen can still be read, and nothing typed is lost; acts work again when the connection is back, which is tried every few seconds.</source>
        <translation>{cause}画面上的内容仍可阅读，已输入的内容不会丢失；系统每隔数秒重试，连接恢复后即可继续操作。</translation>
    </message>
</context>
<context>
    <name>BeginMessageSignatureDialog</name>
    <message>
        <source>A signature is 0x and hexadecimal digits, 132 characters for most wallets.</source>
        <translation>签名为 0x 加十六进制字符，多数钱包为 132 个字符。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy the text to sign</source>
        <translation>复制待签名文字</translation>
    </message>
    <message>
        <source>Make the text to sign</source>
        <translation>生成待签名文字</translation>
    </message>
    <message>
        <source>Submit signature</source>
        <translation>提交签名</translation>
    </message>
    <message>
        <source>The client signs a one-time text with the wallet. It costs nothing and moves no coins.</source>
        <translation>客户以该钱包为一次性文字签名；无须费用，亦不转移任何币。</translation>
    </message>
    <message>
        <source>The signature was handed in and is being checked.</source>
        <translation>签名已提交，正在核验。</translation>
    </message>
    <message>
        <source>Waiting for the client&apos;s signature.</source>
        <translation>正等候客户签名。</translation>
    </message>
    <message>
        <source>What the client sent back, beginning with 0x</source>
        <translation>客户回复的签名，以 0x 开头</translation>
    </message>
</context>
<context>
    <name>BeginMicroPaymentDialog</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy amount</source>
        <translation>复制金额</translation>
    </message>
    <message>
        <source>Make the amount</source>
        <translation>生成验证金额</translation>
    </message>
    <message>
        <source>The client pays a small, unique amount from the wallet. Whoever can do that owns it.</source>
        <translation>客户由该钱包转出一笔独一无二的小额，即可证明拥有该钱包。</translation>
    </message>
    <message>
        <source>The payment only proves the wallet. It stays in the client&apos;s custodial account but is not credited, and its TXID cannot be used for a deposit: tell the client so.</source>
        <translation>此付款只用于认证钱包：款项会存入客户的存管账户，但不会入账，其交易哈希也不能用于入币申请；请告知客户。</translation>
    </message>
    <message>
        <source>Waiting for the payment. It is found by itself, usually within a block.</source>
        <translation>正等候付款，到达后会自动识别，一般在一个区块内。</translation>
    </message>
</context>
<context>
    <name>CancelRefundDialog</name>
    <message>
        <source>Cancel {refund_no}</source>
        <translation>取消退币 {refund_no}</translation>
    </message>
    <message>
        <source>Nothing was signed yet. The deposit is credited again, and a new refund can be requested.</source>
        <translation>交易尚未签署。取消后入币记录回复“已到账”，可重新申请退币。</translation>
    </message>
    <message>
        <source>The address or amount has to change</source>
        <translation>地址或金额须更改</translation>
    </message>
    <message>
        <source>The client changed their mind</source>
        <translation>客户改变主意</translation>
    </message>
</context>
<context>
    <name>ChangeOwnPasswordDialog</name>
    <message>
        <source>At least {minimum} characters; a sentence you can remember is best.</source>
        <translation>至少 {minimum} 个字符，最好是自己记得的句子。</translation>
    </message>
    <message>
        <source>Change password</source>
        <translation>修改密码</translation>
    </message>
    <message>
        <source>New password again</source>
        <translation>再次输入新密码</translation>
    </message>
    <message>
        <source>Not the same as above.</source>
        <translation>与上面不一致。</translation>
    </message>
    <message>
        <source>The new password is used from the next connection on.</source>
        <translation>新密码于下次连接起生效。</translation>
    </message>
    <message>
        <source>Your password was given to you for one login only. Set one that only you know.</source>
        <translation>当前密码只供首次登录，请设置只有你知道的密码。</translation>
    </message>
</context>
<context>
    <name>ConfirmCustodialDeletionDialog</name>
    <message>
        <source>Delete {address}</source>
        <translation>删除 {address}</translation>
    </message>
    <message>
        <source>It is no longer given to any client. The row stays in the log.</source>
        <translation>不再分配给客户，记录保留于日志。</translation>
    </message>
</context>
<context>
    <name>ConfirmCustodialImportDialog</name>
    <message>
        <source>Clients will be told to pay to these addresses. Compare them with the list that you have from the custodian yourself, not with the file that was imported.</source>
        <translation>客户将获告知向这些地址付款。请与您本人从托管方取得的名单核对，而非与所导入的文件核对。</translation>
    </message>
    <message>
        <source>Compare them first; then tick this.</source>
        <translation>请先核对，再勾选此项。</translation>
    </message>
    <message numerus="yes">
        <source>Confirm %n account(s)</source>
        <translation>
            <numerusform>确认 %n 个账户</numerusform>
        </translation>
    </message>
    <message>
        <source>I have compared every address with the custodian&apos;s own list</source>
        <translation>我已将每个地址与托管方的名单核对</translation>
    </message>
</context>
<context>
    <name>ConfirmPasswordDialog</name>
    <message>
        <source>Asked by telephone: it was them</source>
        <translation>已致电查询，确为本人更改</translation>
    </message>
    <message>
        <source>Asked in person: it was them</source>
        <translation>已当面查询，确为本人更改</translation>
    </message>
    <message>
        <source>Confirm for {login}</source>
        <translation>确认 {login} 的密码</translation>
    </message>
    <message>
        <source>The password was changed outside WBO Desktop, so this login only looks. Ask the operator in person or by telephone. Only if they say it was them, confirm it; otherwise disable the login.</source>
        <translation>密码在 WBO Desktop 以外被更改，此登录只可查询。请当面或致电查询该操作员，确为本人更改方可确认，否则请停用此登录。</translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>%n block(s) to go</source>
        <translation>
            <numerusform>尚差 %n 个区块</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s)</source>
        <translation>
            <numerusform>%n 天</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h</source>
        <translation>
            <numerusform>%n 小时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n s</source>
        <translation>
            <numerusform>%n 秒</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CreateOperatorDialog</name>
    <message>
        <source>A new operator may do nothing until permissions are granted. The first password is made here.</source>
        <translation>新操作员在授权前不能进行任何操作；首个密码在此生成。</translation>
    </message>
    <message>
        <source>Lower-case letters, digits, point and underscore; cannot be changed later</source>
        <translation>小写字母、数字、点及下划线；之后不可更改</translation>
    </message>
</context>
<context>
    <name>DeleteApplicationDialog</name>
    <message>
        <source>Delete {external_serial}</source>
        <translation>删除 {external_serial}</translation>
    </message>
    <message>
        <source>The TXID does not exist</source>
        <translation>交易哈希不存在</translation>
    </message>
    <message>
        <source>The address was filled in wrong</source>
        <translation>地址填写错误</translation>
    </message>
    <message>
        <source>The application and its record end as deleted and stay readable. A transfer that was attached goes back to the transfers without a request.</source>
        <translation>申请及其记录会标示为“已删除”并保留可查；已关联的转账会回到“未匹配转账”。</translation>
    </message>
    <message>
        <source>The client submitted it twice</source>
        <translation>用户重复申请</translation>
    </message>
</context>
<context>
    <name>DeleteCustodialAccountDialog</name>
    <message>
        <source>Another person has to confirm this. Until then the account stays as it is and may be given to a client.</source>
        <translation>此操作须由另一人确认。在此之前，此账户维持不变，仍可能分配给客户。</translation>
    </message>
    <message>
        <source>Ask to delete {address}</source>
        <translation>申请删除 {address}</translation>
    </message>
    <message>
        <source>Closed at the channel</source>
        <translation>渠道已关闭账户</translation>
    </message>
    <message>
        <source>Delete {address}</source>
        <translation>删除 {address}</translation>
    </message>
    <message>
        <source>Imported by mistake</source>
        <translation>误导入</translation>
    </message>
    <message>
        <source>It is no longer given to any client. The row stays in the log.</source>
        <translation>不再分配给客户，记录保留于日志。</translation>
    </message>
</context>
<context>
    <name>DeleteWalletDialog</name>
    <message>
        <source>Added by mistake</source>
        <translation>误新增</translation>
    </message>
    <message>
        <source>Delete {address}</source>
        <translation>删除 {address}</translation>
    </message>
    <message>
        <source>Deposits from this address are no longer credited by themselves, and no refund can go there.</source>
        <translation>由此地址入币不再自动入账，亦不能退币至此地址。</translation>
    </message>
    <message>
        <source>The client lost its key</source>
        <translation>客户遗失私钥</translation>
    </message>
    <message>
        <source>The client no longer uses it</source>
        <translation>客户不再使用</translation>
    </message>
</context>
<context>
    <name>DetailPanel</name>
    <message>
        <source>Select a row to see all of it here.</source>
        <translation>选择一条记录，即可在此查看详情。</translation>
    </message>
</context>
<context>
    <name>DisableOperatorDialog</name>
    <message>
        <source>Disable {login}</source>
        <translation>停用 {login}</translation>
    </message>
    <message>
        <source>Left the company</source>
        <translation>已离职</translation>
    </message>
    <message>
        <source>On leave</source>
        <translation>休假</translation>
    </message>
    <message>
        <source>Open sessions end at once and no login is possible. What they did stays in the log.</source>
        <translation>现有登录实时终止，不能再登录；过往操作保留于日志。</translation>
    </message>
    <message>
        <source>Suspected misuse</source>
        <translation>怀疑被盗用</translation>
    </message>
</context>
<context>
    <name>EnableOperatorDialog</name>
    <message>
        <source>Back from leave</source>
        <translation>休假后复职</translation>
    </message>
    <message>
        <source>Disabled by mistake</source>
        <translation>误停用</translation>
    </message>
    <message>
        <source>Enable {login}</source>
        <translation>重新启用 {login}</translation>
    </message>
    <message>
        <source>The operator can log in again with a new one-time password and has the permissions as before.</source>
        <translation>该操作员可用新的一次性密码登录，权限与之前相同。</translation>
    </message>
</context>
<context>
    <name>ExecuteRefundDialog</name>
    <message>
        <source>Execute {refund_no}, {amount}</source>
        <translation>执行退币 {refund_no}，{amount}</translation>
    </message>
    <message>
        <source>The coins leave for the address below and cannot be called back. Your password confirms it.</source>
        <translation>资金会转出至以下地址，不能追回；请以密码确认。</translation>
    </message>
    <message>
        <source>The password you logged in with</source>
        <translation>你登录时所用的密码</translation>
    </message>
</context>
<context>
    <name>ExplainDifferenceDialog</name>
    <message>
        <source>A contract passed it on; seen in the explorer</source>
        <translation>由合约转入，已在区块浏览器核实</translation>
    </message>
    <message>
        <source>A fee that the network does not show</source>
        <translation>网络未列明的费用</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>It leaves the list and stays in the log with your remark. Nothing is credited by this.</source>
        <translation>差异会从列表移除，并连同备注留存于操作日志；不会因此入账。</translation>
    </message>
    <message>
        <source>Our own transfer between accounts</source>
        <translation>本公司账户之间调拨</translation>
    </message>
</context>
<context>
    <name>GrantPermissionDialog</name>
    <message numerus="yes">
        <source>Apply %n change(s)</source>
        <translation>
            <numerusform>应用 %n 项更改</numerusform>
        </translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Operate</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Permissions of {login}</source>
        <translation>{login} 的权限</translation>
    </message>
    <message>
        <source>Query</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Waiting for a second administrator: {permissions}</source>
        <translation>正等候第二位管理员批准：{permissions}</translation>
    </message>
    <message>
        <source>Waits for a second administrator: {permissions}</source>
        <translation>须待第二位管理员批准：{permissions}</translation>
    </message>
    <message>
        <source>What only looks, and what is withdrawn, takes effect at once, in open windows too. Everything else waits for an administrator of another hand.</source>
        <translation>查询权限及收回权限即时生效，已打开的窗口亦然；其他权限须等候另一位独立的管理员批准。</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Connected to {server}</source>
        <translation>已连接至 {server}</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Disconnected</source>
        <translation>已断开</translation>
    </message>
    <message>
        <source>Jump to record, client, address, TXID or page</source>
        <translation>前往记录、客户、地址、TXID 或页面</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Look and text size</source>
        <translation>外观及文字大小</translation>
    </message>
    <message>
        <source>{login} on {workstation}</source>
        <translation>{login}，工作站 {workstation}</translation>
    </message>
</context>
<context>
    <name>ImportCustodialAccountsDialog</name>
    <message numerus="yes">
        <source>%n line(s) have to be corrected in the file; nothing is imported until all are right.</source>
        <translation>
            <numerusform>文件有 %n 行须更正；全部正确后才会导入。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s), all of them right.</source>
        <translation>
            <numerusform>共 %n 行，全部正确。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new account(s) imported.</source>
        <translation>
            <numerusform>已导入 %n 个新账户。</numerusform>
        </translation>
    </message>
    <message>
        <source>A CSV or XLSX file whose first line names the columns channel, network and address. Accounts that exist already are left as they are. New ones are given to clients once another person has confirmed them.</source>
        <translation>CSV 或 XLSX 文件，首行须列明 channel、network 及 address 各列。已有的账户维持不变。新账户经另一人确认后，方会分配给客户。</translation>
    </message>
    <message>
        <source>Choose file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message numerus="yes">
        <source>Import %n account(s)</source>
        <translation>
            <numerusform>导入 %n 个账户</numerusform>
        </translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>No file chosen</source>
        <translation>未选择文件</translation>
    </message>
    <message>
        <source>They wait for another person&apos;s confirmation.</source>
        <translation>现待另一人确认。</translation>
    </message>
    <message>
        <source>This file cannot be read.</source>
        <translation>未能读取此文件。</translation>
    </message>
    <message>
        <source>What is wrong</source>
        <translation>问题</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message numerus="yes">
        <source>%n account(s) in this import.</source>
        <translation>
            <numerusform>此批导入共 %n 个账户。</numerusform>
        </translation>
    </message>
    <message>
        <source>Accounts of this import</source>
        <translation>此批导入的账户</translation>
    </message>
    <message>
        <source>The first {number} are shown.</source>
        <translation>现显示首 {number} 个。</translation>
    </message>
</context>
<context>
    <name>JumpDialog</name>
    <message>
        <source>Record number, client number, address, TXID, or the name of a page</source>
        <translation>记录编号、客户编号、地址、TXID 或页面名称</translation>
    </message>
    <message>
        <source>Where to</source>
        <translation>前往何处</translation>
    </message>
    <message>
        <source>{page} · {field} {value}</source>
        <translation>{page} · {field} {value}</translation>
    </message>
    <message>
        <source>↑ ↓ choose · Enter opens · Esc closes</source>
        <translation>↑ ↓ 选择 · Enter 打开 · Esc 关闭</translation>
    </message>
</context>
<context>
    <name>ListPage</name>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n 条新数据</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s)</source>
        <translation>
            <numerusform>共 %n 条</numerusform>
        </translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>加载中…</translation>
    </message>
    <message>
        <source>Nothing matches these filters. Press Esc in the filter bar to clear them.</source>
        <translation>没有符合条件的记录。在筛选栏按 Esc 可清除条件。</translation>
    </message>
    <message>
        <source>Show them</source>
        <translation>显示新数据</translation>
    </message>
    <message>
        <source>This row is no longer in the list. Load again to see what is there now.</source>
        <translation>这条数据已不在列表中，请重新载入以查看现况。</translation>
    </message>
    <message numerus="yes">
        <source>about %n row(s)</source>
        <translation>
            <numerusform>约 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LockScreen</name>
    <message>
        <source>Locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>Log out instead</source>
        <translation>改为退出登录</translation>
    </message>
    <message>
        <source>Password of {login}</source>
        <translation>{login} 的密码</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>{name} is logged in on {workstation}. Work underneath is kept.</source>
        <translation>{name} 已登录 {workstation}，未完成的工作会保留。</translation>
    </message>
</context>
<context>
    <name>LoginDialog</name>
    <message>
        <source>Back office for clients&apos; cryptocurrency deposits</source>
        <translation>客户加密货币入币后台</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Log in to WBO Desktop</source>
        <translation>登录 WBO Desktop</translation>
    </message>
    <message>
        <source>Server: {server}</source>
        <translation>服务器：{server}</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>An act is still under way. Close when it has ended?</source>
        <translation>仍有操作正在进行。待其完成后关闭？</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Stay</source>
        <translation>留下</translation>
    </message>
    <message>
        <source>WBO Desktop – {name}</source>
        <translation>WBO Desktop – {name}</translation>
    </message>
</context>
<context>
    <name>OneTimePasswordDialog</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>I have passed it on</source>
        <translation>我已转交</translation>
    </message>
    <message>
        <source>It is shown this once and kept nowhere. Hand it over in person or by telephone; it has to be changed at the first login.</source>
        <translation>密码只显示这一次，不会保存。请当面或以电话转交；首次登录须修改。</translation>
    </message>
    <message>
        <source>It works once an administrator of another hand has agreed, under Permission Requests.</source>
        <translation>须待另一位独立的管理员在“授权申请”批准后，此密码方可使用。</translation>
    </message>
    <message>
        <source>One-time password of {login}</source>
        <translation>{login} 的一次性密码</translation>
    </message>
</context>
<context>
    <name>RecheckDepositDialog</name>
    <message>
        <source>Check {record_no} again</source>
        <translation>重新核对 {record_no}</translation>
    </message>
    <message>
        <source>The record is checked against the chain again by the same rules. Do this once the cause is cleared up.</source>
        <translation>系统会按相同规则在链上重新核对此记录；请先厘清原因。</translation>
    </message>
</context>
<context>
    <name>RecordClientNotifiedDialog</name>
    <message>
        <source>Choose how the client was told</source>
        <translation>选择通知客户的方式</translation>
    </message>
    <message>
        <source>Left a message</source>
        <translation>已留言</translation>
    </message>
    <message>
        <source>Tell the client first, for instance with the text below, then record how you did. The time and your name are recorded by themselves.</source>
        <translation>请先通知客户（可用以下文字），再记录通知方式；时间及操作人会自动记录。</translation>
    </message>
    <message>
        <source>Text sent as offered</source>
        <translation>已按所提供文字发送</translation>
    </message>
    <message>
        <source>The client confirmed receipt</source>
        <translation>客户确认收到</translation>
    </message>
    <message>
        <source>The client has been told</source>
        <translation>已通知客户</translation>
    </message>
</context>
<context>
    <name>RecordWindow</name>
    <message>
        <source>{page} {name}</source>
        <translation>{page} {name}</translation>
    </message>
</context>
<context>
    <name>RefundDetailDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Refund {refund_no}</source>
        <translation>退币 {refund_no}</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>Transactions</source>
        <translation>链上交易</translation>
    </message>
    <message>
        <source>{number}. {state}, nonce {nonce}, fee cap {cap} gwei, tip {tip} gwei</source>
        <translation>{number}. {state}，nonce {nonce}，费用上限 {cap} gwei，小费 {tip} gwei</translation>
    </message>
</context>
<context>
    <name>RefundReviewDialog</name>
    <message>
        <source>Client was asked</source>
        <translation>已向客户查询</translation>
    </message>
    <message>
        <source>Fee estimate</source>
        <translation>预计网络费</translation>
    </message>
    <message>
        <source>Hot wallet holds</source>
        <translation>热钱包余额</translation>
    </message>
    <message>
        <source>No longer verified: {status}</source>
        <translation>已非认证状态：{status}</translation>
    </message>
    <message>
        <source>No, this became known later</source>
        <translation>未有，此情况其后才得悉</translation>
    </message>
    <message>
        <source>Please note</source>
        <translation>请注意</translation>
    </message>
    <message>
        <source>Recomputed on this workstation from the values above: it does NOT match the database.</source>
        <translation>本工作站按以上内容重新计算：与数据库不符。</translation>
    </message>
    <message>
        <source>Recomputed on this workstation from the values above: it matches the database.</source>
        <translation>本工作站按以上内容重新计算：与数据库一致。</translation>
    </message>
    <message>
        <source>Refund address</source>
        <translation>退币地址</translation>
    </message>
    <message>
        <source>Yes, {login} did</source>
        <translation>有，由 {login} 查询</translation>
    </message>
    <message>
        <source>at most {fee} now</source>
        <translation>现时最多 {fee}</translation>
    </message>
    <message>
        <source>{credited}; {missing} stays with us</source>
        <translation>{credited}；{missing} 留存于本公司</translation>
    </message>
    <message>
        <source>{method}, verified for {client_no}, {time}</source>
        <translation>{method}，已认证予 {client_no}，{time}</translation>
    </message>
    <message>
        <source>{network} (chain id {chain_id})</source>
        <translation>{network}（链编号 {chain_id}）</translation>
    </message>
</context>
<context>
    <name>RefuseCustodialDeletionDialog</name>
    <message>
        <source>Asked for by mistake</source>
        <translation>申请有误</translation>
    </message>
    <message>
        <source>Keep the account</source>
        <translation>保留账户</translation>
    </message>
    <message>
        <source>Still in use at the channel</source>
        <translation>渠道仍在使用</translation>
    </message>
    <message>
        <source>The account stays as it is and may be given to a client.</source>
        <translation>账户维持不变，可分配给客户。</translation>
    </message>
</context>
<context>
    <name>RefuseCustodialImportDialog</name>
    <message>
        <source>All accounts of this import are deleted; they were given to nobody. They can be imported again.</source>
        <translation>此批导入的账户将全部删除；未曾分配给任何人，可再次导入。</translation>
    </message>
    <message>
        <source>Imported by mistake</source>
        <translation>误导入</translation>
    </message>
    <message>
        <source>Not on the custodian&apos;s list</source>
        <translation>不在托管方名单上</translation>
    </message>
    <message numerus="yes">
        <source>Refuse %n account(s)</source>
        <translation>
            <numerusform>拒绝 %n 个账户</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RefuseRequestDialog</name>
    <message>
        <source>Not agreed with the desk</source>
        <translation>未经部门同意</translation>
    </message>
    <message>
        <source>Nothing changes. The reason stays in the log.</source>
        <translation>不作任何更改，原因会留在日志。</translation>
    </message>
    <message>
        <source>Refuse for {login}</source>
        <translation>拒绝 {login} 的申请</translation>
    </message>
    <message>
        <source>{login} did not ask for it</source>
        <translation>{login} 没有提出此申请</translation>
    </message>
</context>
<context>
    <name>RefuseSharedWalletDialog</name>
    <message>
        <source>Asked for by mistake</source>
        <translation>申请有误</translation>
    </message>
    <message>
        <source>Do not share it</source>
        <translation>不予共用</translation>
    </message>
    <message>
        <source>The address stays with the client for whom it is verified.</source>
        <translation>此地址仍只属于已认证的客户。</translation>
    </message>
    <message>
        <source>The papers do not show it</source>
        <translation>文件未能证明</translation>
    </message>
</context>
<context>
    <name>RejectRefundDialog</name>
    <message>
        <source>Not justified</source>
        <translation>理据不足</translation>
    </message>
    <message>
        <source>Reject {refund_no}</source>
        <translation>拒绝 {refund_no}</translation>
    </message>
    <message>
        <source>The address is not the client&apos;s</source>
        <translation>地址并非客户所有</translation>
    </message>
    <message>
        <source>The amount is wrong</source>
        <translation>金额不正确</translation>
    </message>
    <message>
        <source>The deposit is credited again, and the requester reads your remark.</source>
        <translation>入币记录回复“已到账”，申请人会看到你的备注。</translation>
    </message>
</context>
<context>
    <name>RequestRefundDialog</name>
    <message>
        <source>Ask the client first; then tick this.</source>
        <translation>请先向客户查询，然后勾选。</translation>
    </message>
    <message>
        <source>At most {limit}, what was credited.</source>
        <translation>最多 {limit}（入账金额）。</translation>
    </message>
    <message>
        <source>Choose one of the client&apos;s verified wallets</source>
        <translation>选择此客户的已认证钱包</translation>
    </message>
    <message>
        <source>Compliance requires it</source>
        <translation>合规要求</translation>
    </message>
    <message>
        <source>I have checked with the client that coins sent there reach them</source>
        <translation>已向客户确认：转到该地址的资金，客户能收到</translation>
    </message>
    <message>
        <source>Network fee borne by the client</source>
        <translation>网络费用由客户承担</translation>
    </message>
    <message>
        <source>Nothing is sent yet: another operator approves first, then the refund is executed.</source>
        <translation>此时不会转出资金：先由另一位操作员批准，再执行退币。</translation>
    </message>
    <message>
        <source>Nothing is sent yet: the refund still has to be executed.</source>
        <translation>此时不会转出资金：其后仍须执行退币。</translation>
    </message>
    <message>
        <source>Refund address</source>
        <translation>退币地址</translation>
    </message>
    <message>
        <source>Request refund of {amount}</source>
        <translation>申请退币 {amount}</translation>
    </message>
    <message>
        <source>The client asked for it</source>
        <translation>客户要求</translation>
    </message>
    <message>
        <source>The client keeps a part</source>
        <translation>客户保留部分资产</translation>
    </message>
    <message>
        <source>The wallets could not be read.</source>
        <translation>未能读取钱包。</translation>
    </message>
    <message>
        <source>This client has no verified wallet on this network. Verify one under Client Wallet Address.</source>
        <translation>此客户在此网络没有已认证钱包，请在“客户钱包地址”完成认证。</translation>
    </message>
    <message>
        <source>Typed</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Verified for this client by {method}, {time}</source>
        <translation>已为此客户认证（{method}），{time}</translation>
    </message>
    <message>
        <source>Verified wallet it looks like</source>
        <translation>外观相似的已认证钱包</translation>
    </message>
    <message>
        <source>Verified wallets of the client</source>
        <translation>客户的已认证钱包</translation>
    </message>
    <message>
        <source>added by {login}</source>
        <translation>由 {login} 新增</translation>
    </message>
    <message>
        <source>receives refunds from {time}</source>
        <translation>{time} 起可收取退币</translation>
    </message>
    <message>
        <source>{address}   {method}, {time}</source>
        <translation>{address}&#x3000;{method}，{time}</translation>
    </message>
    <message>
        <source>{network} (as deposited, cannot be changed)</source>
        <translation>{network}（与入币网络一致，不可更改）</translation>
    </message>
</context>
<context>
    <name>ResetPasswordDialog</name>
    <message>
        <source>Open sessions of this operator end at once. Make sure that it is really they who ask for it.</source>
        <translation>该操作员的现有登录会实时终止；请先核实确由本人提出。</translation>
    </message>
    <message>
        <source>Reset password of {login}</source>
        <translation>重置 {login} 的密码</translation>
    </message>
</context>
<context>
    <name>RevokeDepositDialog</name>
    <message>
        <source>Kept in the log together with your name, the time and this workstation.</source>
        <translation>连同操作人、时间及工作站留存于日志。</translation>
    </message>
    <message>
        <source>No transfer for it is on chain, so the request can be withdrawn. This cannot be undone.</source>
        <translation>链上未有此请求的转账，可以撤销此入币请求；撤销后不可恢复。</translation>
    </message>
    <message>
        <source>Revoke {record_no}</source>
        <translation>撤销 {record_no}</translation>
    </message>
    <message>
        <source>Revoke {record_no} of {client_no}, {amount}? Remark: {remark}. It cannot be undone.</source>
        <translation>再次确认：撤销客户 {client_no} 的 {record_no}，{amount}。备注：{remark}。撤销后不可回复。</translation>
    </message>
    <message>
        <source>The address was filled in wrong</source>
        <translation>地址填写错误</translation>
    </message>
    <message>
        <source>The client asked to cancel</source>
        <translation>客户要求取消</translation>
    </message>
    <message>
        <source>The client submitted it twice</source>
        <translation>用户重复申请</translation>
    </message>
</context>
<context>
    <name>SaveCryptocurrencyDialog</name>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Add cryptocurrency</source>
        <translation>新增加密货币</translation>
    </message>
    <message>
        <source>Below this nothing is paid</source>
        <translation>低于此额停止付款</translation>
    </message>
    <message>
        <source>Below this the hot wallet is to be topped up</source>
        <translation>低于此额须补充热钱包</translation>
    </message>
    <message>
        <source>Blocks until it is credited</source>
        <translation>入账前所需区块数</translation>
    </message>
    <message>
        <source>Clients can deposit this coin</source>
        <translation>客户可存入此币种</translation>
    </message>
    <message>
        <source>Deposits</source>
        <translation>入币</translation>
    </message>
    <message>
        <source>Edit {code} on {network}</source>
        <translation>修改 {network} 的 {code}</translation>
    </message>
    <message>
        <source>Empty: never</source>
        <translation>留空：不适用</translation>
    </message>
    <message>
        <source>Empty: no limit</source>
        <translation>留空：不设上限</translation>
    </message>
    <message>
        <source>Fixed when it was added</source>
        <translation>新增后不可更改</translation>
    </message>
    <message>
        <source>How much of the claim may be missing</source>
        <translation>申报金额可容许的差额</translation>
    </message>
    <message>
        <source>Leave empty for the network&apos;s own coin</source>
        <translation>网络原生币请留空</translation>
    </message>
    <message>
        <source>Refunds</source>
        <translation>退币</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Such as USDT</source>
        <translation>例如 USDT</translation>
    </message>
    <message>
        <source>The coin</source>
        <translation>币种资料</translation>
    </message>
</context>
<context>
    <name>SaveNetworkDialog</name>
    <message>
        <source>1 for Ethereum&apos;s main network</source>
        <translation>以太坊主网为 1</translation>
    </message>
    <message>
        <source>A TXID that no node knows becomes abnormal after this time</source>
        <translation>超过此时间仍无节点知悉的交易哈希会列为异常</translation>
    </message>
    <message>
        <source>A link beginning with https:// that has {mark} in it</source>
        <translation>须为 https:// 开头并含 {mark} 的链接</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Add network</source>
        <translation>新增网络</translation>
    </message>
    <message>
        <source>Edit {name}</source>
        <translation>修改 {name}</translation>
    </message>
    <message>
        <source>Fixed when it was added</source>
        <translation>新增后不可更改</translation>
    </message>
    <message>
        <source>One URL a line; the first is asked first</source>
        <translation>每行一个网址，依次查询</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>So many nodes have to give the same answer before anything is credited</source>
        <translation>此数目的节点回应一致才会入账</translation>
    </message>
    <message>
        <source>So many workers, each with a login of its own, have to report a transfer before it is credited</source>
        <translation>此数目的工作程序（各用自己的登录账户）汇报同一转账后才会入账</translation>
    </message>
    <message>
        <source>Such as Ethereum; cannot be changed later</source>
        <translation>例如 Ethereum；之后不可更改</translation>
    </message>
    <message numerus="yes">
        <source>There are only %n node(s) above.</source>
        <translation>
            <numerusform>上面只有 %n 个节点。</numerusform>
        </translation>
    </message>
    <message>
        <source>With {address} in it</source>
        <translation>须含 {address}</translation>
    </message>
    <message>
        <source>With {txid} in it</source>
        <translation>须含 {txid}</translation>
    </message>
</context>
<context>
    <name>SavePolicyDialog</name>
    <message>
        <source>From now on</source>
        <translation>改为</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>当前</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>Sidebar</name>
    <message>
        <source>Menu</source>
        <translation>菜单</translation>
    </message>
    <message>
        <source>Search the menu</source>
        <translation>搜索菜单</translation>
    </message>
</context>
<context>
    <name>VerifyAuditDialog</name>
    <message>
        <source>Each sealed entry carries a hash over itself and the one before. An entry that was altered, removed or put in afterwards breaks the chain.</source>
        <translation>每条已封存的日志都带有自身及上一条的哈希值；事后修改、移除或插入任何一条，都会令哈希链中断。</translation>
    </message>
    <message>
        <source>Entries</source>
        <translation>日志条数</translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Head of the chain</source>
        <translation>哈希链末端</translation>
    </message>
    <message>
        <source>Leave the log as it is, and tell the administrator and compliance now.</source>
        <translation>请勿改动日志，并立即通知管理员及合规部。</translation>
    </message>
    <message>
        <source>Of these, sealed</source>
        <translation>其中已封存</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>The chain is whole: no sealed entry was altered.</source>
        <translation>哈希链完整：已封存的日志未被修改。</translation>
    </message>
    <message>
        <source>Verify again</source>
        <translation>再次验证</translation>
    </message>
</context>
<context>
    <name>VerifyWalletDialog</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>It is verified now, and will not be until the new proof has arrived.</source>
        <translation>当前已认证；重新开始后，须待新凭据到达才再算认证。</translation>
    </message>
    <message>
        <source>The payment was found and gathers confirmations.</source>
        <translation>已找到付款，正累积确认数。</translation>
    </message>
    <message>
        <source>Verified. Deposits from this wallet go on by themselves.</source>
        <translation>认证成功，由此钱包的入币会自动继续。</translation>
    </message>
</context>
<context>
    <name>WithdrawRequestDialog</name>
    <message>
        <source>Nothing changes, and nobody has to decide it any more.</source>
        <translation>不作任何更改，亦无须再审批。</translation>
    </message>
</context>
<context>
    <name>_ChoicePart</name>
    <message>
        <source>{field}: all</source>
        <translation>{field}：全部</translation>
    </message>
</context>
<context>
    <name>_DatesPart</name>
    <message>
        <source>Days as in Hong Kong; the last one counts in full</source>
        <translation>按香港日期计算，包括最后一日全日</translation>
    </message>
    <message>
        <source>From – to…</source>
        <translation>自选日期…</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>{field}, from</source>
        <translation>{field}自</translation>
    </message>
    <message>
        <source>{field}, to</source>
        <translation>{field}至</translation>
    </message>
    <message>
        <source>{field}: any time</source>
        <translation>{field}：不限</translation>
    </message>
</context>
<context>
    <name>_Event</name>
    <message>
        <source>{action}: {status}</source>
        <translation>{action}：{status}</translation>
    </message>
    <message>
        <source>“{remark}”</source>
        <translation>“{remark}”</translation>
    </message>
</context>
<context>
    <name>account_next</name>
    <message>
        <source>Another person compares the import with the custodian&apos;s list and confirms it. Until then the account is used for nothing.</source>
        <translation>须由另一人将导入内容与托管方名单核对并确认。在此之前，此账户不作任何用途。</translation>
    </message>
    <message>
        <source>Another person confirms the deletion. Until then the account may be given to a client.</source>
        <translation>须由另一人确认删除。在此之前，此账户仍可能分配给客户。</translation>
    </message>
    <message>
        <source>It is given to the next client who needs one.</source>
        <translation>将分配给下一位有需要的客户。</translation>
    </message>
    <message>
        <source>It stays this client&apos;s.</source>
        <translation>此账户一直属于该客户。</translation>
    </message>
</context>
<context>
    <name>account_state</name>
    <message>
        <source>Assigned</source>
        <translation>已分配</translation>
    </message>
    <message>
        <source>Confirmed</source>
        <translation>已确认</translation>
    </message>
    <message>
        <source>Deletion to be confirmed</source>
        <translation>删除待确认</translation>
    </message>
    <message>
        <source>Free</source>
        <translation>未分配</translation>
    </message>
    <message>
        <source>Import to be confirmed</source>
        <translation>导入待确认</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
</context>
<context>
    <name>act</name>
    <message>
        <source>Add</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Select one row first.</source>
        <translation>请先选择一条记录。</translation>
    </message>
</context>
<context>
    <name>action</name>
    <message>
        <source>Accept</source>
        <translation>核实入账</translation>
    </message>
    <message>
        <source>Add wallet address</source>
        <translation>新增钱包地址</translation>
    </message>
    <message>
        <source>Added by the database&apos;s owner</source>
        <translation>由数据库拥有者新增</translation>
    </message>
    <message>
        <source>Administrator made by the database&apos;s owner</source>
        <translation>数据库拥有者新增管理员</translation>
    </message>
    <message>
        <source>Agree to share wallet</source>
        <translation>同意共用钱包</translation>
    </message>
    <message>
        <source>Alarm cleared</source>
        <translation>警报已解除</translation>
    </message>
    <message>
        <source>Application received</source>
        <translation>收到申请</translation>
    </message>
    <message>
        <source>Approve permission</source>
        <translation>批准授权</translation>
    </message>
    <message>
        <source>Approve refund</source>
        <translation>批准退币</translation>
    </message>
    <message>
        <source>Approve request</source>
        <translation>批准申请</translation>
    </message>
    <message>
        <source>Ask to share wallet</source>
        <translation>申请共用钱包</translation>
    </message>
    <message>
        <source>Balances compared with the chain</source>
        <translation>已与链上余额核对</translation>
    </message>
    <message>
        <source>Cancel refund</source>
        <translation>取消退币</translation>
    </message>
    <message>
        <source>Change own password</source>
        <translation>修改密码</translation>
    </message>
    <message>
        <source>Change rule of the desk</source>
        <translation>修改系统规则</translation>
    </message>
    <message>
        <source>Changed by the database&apos;s owner</source>
        <translation>由数据库拥有者修改</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>重新核对</translation>
    </message>
    <message>
        <source>Checked against the chain</source>
        <translation>链上核对</translation>
    </message>
    <message>
        <source>Client notified</source>
        <translation>已通知客户</translation>
    </message>
    <message>
        <source>Clients imported</source>
        <translation>已导入客户</translation>
    </message>
    <message>
        <source>Closed login opened again</source>
        <translation>暂停的登录已恢复</translation>
    </message>
    <message>
        <source>Confirm deletion</source>
        <translation>确认删除</translation>
    </message>
    <message>
        <source>Confirm import</source>
        <translation>确认导入</translation>
    </message>
    <message>
        <source>Confirm password</source>
        <translation>确认密码</translation>
    </message>
    <message>
        <source>Create operator</source>
        <translation>新增操作员</translation>
    </message>
    <message>
        <source>Custodial account assigned</source>
        <translation>分配存管账户</translation>
    </message>
    <message>
        <source>Delete application</source>
        <translation>删除申请</translation>
    </message>
    <message>
        <source>Delete custodial account</source>
        <translation>删除存管账户</translation>
    </message>
    <message>
        <source>Delete wallet address</source>
        <translation>删除钱包地址</translation>
    </message>
    <message>
        <source>Disable operator</source>
        <translation>停用操作员</translation>
    </message>
    <message>
        <source>Enable operator</source>
        <translation>重新启用操作员</translation>
    </message>
    <message>
        <source>Execute refund</source>
        <translation>执行退币</translation>
    </message>
    <message>
        <source>Explain difference</source>
        <translation>解释差异</translation>
    </message>
    <message>
        <source>Grant permission</source>
        <translation>授予权限</translation>
    </message>
    <message>
        <source>Hot wallet reconciled</source>
        <translation>热钱包已对账</translation>
    </message>
    <message>
        <source>Hot wallet registered</source>
        <translation>登记热钱包</translation>
    </message>
    <message>
        <source>Import custodial accounts</source>
        <translation>导入存管账户</translation>
    </message>
    <message>
        <source>Known addresses imported</source>
        <translation>已导入已知地址</translation>
    </message>
    <message>
        <source>Line stopped with an alarm</source>
        <translation>线路因警报停止</translation>
    </message>
    <message>
        <source>Login closed for holding others up</source>
        <translation>登录因阻碍他人而暂停</translation>
    </message>
    <message>
        <source>Login locked after failures</source>
        <translation>登录失败过多，已锁定</translation>
    </message>
    <message>
        <source>Login no longer locked</source>
        <translation>登录已解除锁定</translation>
    </message>
    <message>
        <source>Login opened for its own workstation</source>
        <translation>已为其本身工作站开放登录</translation>
    </message>
    <message>
        <source>Message signature verification</source>
        <translation>签名验证</translation>
    </message>
    <message>
        <source>Micro-payment verification</source>
        <translation>小额支付验证</translation>
    </message>
    <message>
        <source>Note of the sender</source>
        <translation>发送程序备注</translation>
    </message>
    <message>
        <source>Password changed past the desk</source>
        <translation>密码于系统以外更改</translation>
    </message>
    <message>
        <source>Payments stopped</source>
        <translation>停止付款</translation>
    </message>
    <message>
        <source>Refund broadcast</source>
        <translation>退币已广播</translation>
    </message>
    <message>
        <source>Refund signed</source>
        <translation>退币已签署</translation>
    </message>
    <message>
        <source>Refuse deletion</source>
        <translation>拒绝删除</translation>
    </message>
    <message>
        <source>Refuse import</source>
        <translation>拒绝导入</translation>
    </message>
    <message>
        <source>Refuse request</source>
        <translation>拒绝申请</translation>
    </message>
    <message>
        <source>Refuse to share wallet</source>
        <translation>不同意共用钱包</translation>
    </message>
    <message>
        <source>Refused attempt</source>
        <translation>被拒绝的操作</translation>
    </message>
    <message>
        <source>Reject refund</source>
        <translation>拒绝退币</translation>
    </message>
    <message>
        <source>Reorganisation undone</source>
        <translation>处理链重组</translation>
    </message>
    <message>
        <source>Request refund</source>
        <translation>申请退币</translation>
    </message>
    <message>
        <source>Reset password</source>
        <translation>重置密码</translation>
    </message>
    <message>
        <source>Revoke</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Revoke permission</source>
        <translation>收回权限</translation>
    </message>
    <message>
        <source>Save cryptocurrency</source>
        <translation>保存加密货币</translation>
    </message>
    <message>
        <source>Save network</source>
        <translation>保存网络</translation>
    </message>
    <message>
        <source>Server&apos;s log read</source>
        <translation>已读取服务器日志</translation>
    </message>
    <message>
        <source>Session that held others up was ended</source>
        <translation>已结束阻碍他人的连接</translation>
    </message>
    <message>
        <source>Submit signature</source>
        <translation>提交签名</translation>
    </message>
    <message>
        <source>TXID attached</source>
        <translation>补充交易哈希</translation>
    </message>
    <message>
        <source>Verify the log</source>
        <translation>验证日志</translation>
    </message>
    <message>
        <source>Withdraw request</source>
        <translation>撤回申请</translation>
    </message>
</context>
<context>
    <name>address</name>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Identical to the last character</source>
        <translation>完全一致</translation>
    </message>
    <message>
        <source>QR code</source>
        <translation>二维码</translation>
    </message>
</context>
<context>
    <name>agreement</name>
    <message>
        <source>All administrators count as one person, so nothing that needs two can be agreed to. The database&apos;s owner adds another administrator (wbo-desktop db add-admin).</source>
        <translation>所有管理员视为同一人，须由两人处理的事项无从批准。请数据库拥有者新增另一位管理员（wbo-desktop db add-admin）。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Nothing has changed yet: it waits under Permission Requests for an administrator of another hand.</source>
        <translation>尚未更改：正在“授权申请”等候另一位独立的管理员批准。</translation>
    </message>
    <message>
        <source>This opens a way for money, so an administrator of another hand agrees first.</source>
        <translation>此举开放资金进出的途径，须先经另一位独立的管理员批准。</translation>
    </message>
    <message>
        <source>Weaker than before, so an administrator of another hand agrees first: {names}</source>
        <translation>以下规则较前宽松，须先经另一位独立的管理员批准：{names}</translation>
    </message>
</context>
<context>
    <name>amount</name>
    <message>
        <source>Claimed by the client; nothing was seen on chain yet.</source>
        <translation>客户申报，链上尚未见到。</translation>
    </message>
    <message>
        <source>Credited, exactly as claimed.</source>
        <translation>已入账，与申报相同。</translation>
    </message>
    <message>
        <source>Credited; claimed were {claimed}, the difference is {difference}.</source>
        <translation>已入账；申报 {claimed}，相差 {difference}。</translation>
    </message>
    <message>
        <source>Seen on chain, exactly as claimed; not credited.</source>
        <translation>链上所见，与申报相同；未入账。</translation>
    </message>
    <message>
        <source>Seen on chain, not credited; claimed were {claimed}, the difference is {difference}.</source>
        <translation>链上所见，未入账；申报 {claimed}，相差 {difference}。</translation>
    </message>
    <message>
        <source>claimed {amount}</source>
        <translation>申报 {amount}</translation>
    </message>
    <message>
        <source>on chain {amount}</source>
        <translation>链上 {amount}</translation>
    </message>
</context>
<context>
    <name>attempt_state</name>
    <message>
        <source>Broadcast</source>
        <translation>已广播</translation>
    </message>
    <message>
        <source>Failed on chain</source>
        <translation>链上执行失败</translation>
    </message>
    <message>
        <source>In a block</source>
        <translation>已上链</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>已签署</translation>
    </message>
</context>
<context>
    <name>audit</name>
    <message>
        <source>Before and after</source>
        <translation>变更前后</translation>
    </message>
    <message>
        <source>Being sealed</source>
        <translation>封存中</translation>
    </message>
    <message>
        <source>Entry {seq}: {fault}</source>
        <translation>第 {seq} 条：{fault}</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>已封存</translation>
    </message>
</context>
<context>
    <name>audit_fault</name>
    <message>
        <source>a seal near this entry is missing</source>
        <translation>此条日志附近缺少封存值</translation>
    </message>
    <message>
        <source>the time of this entry contradicts the entries around it or its seal</source>
        <translation>此日志条目的时间与前后条目或其封存时间不符</translation>
    </message>
    <message>
        <source>this entry or its seal was altered</source>
        <translation>此条日志或其封存值曾被修改</translation>
    </message>
    <message>
        <source>this entry was put in afterwards</source>
        <translation>此条日志是事后插入</translation>
    </message>
    <message>
        <source>this entry was removed</source>
        <translation>此条日志曾被移除</translation>
    </message>
</context>
<context>
    <name>balance</name>
    <message>
        <source>Less is there than expected although nothing was sent. Tell your supervisor now, and explain the difference only when the cause is found.</source>
        <translation>并无转出，余额却少于应有数目。请立即通知主管，查明原因后才解释差异。</translation>
    </message>
    <message>
        <source>More came than transfers explain: a contract may have passed it on. Open the address in the explorer between these blocks and ask the likely client. It cannot be credited here; tell your supervisor what you found, then explain the difference.</source>
        <translation>到账多于已知转账，可能由合约转入。请在区块浏览器查看此地址于该段区块的记录，并向可能的客户查询。此差异不能在此入账；请把结果告知主管，再解释差异。</translation>
    </message>
</context>
<context>
    <name>beside</name>
    <message>
        <source>The chain worker</source>
        <translation>链上程序</translation>
    </message>
    <message>
        <source>The embedded PostgreSQL</source>
        <translation>内置 PostgreSQL</translation>
    </message>
    <message>
        <source>The local chain</source>
        <translation>本地区块链</translation>
    </message>
    <message>
        <source>The simulated clients</source>
        <translation>模拟客户</translation>
    </message>
    <message>
        <source>What runs beside the desktop</source>
        <translation>与桌面同时运行的程序</translation>
    </message>
    <message>
        <source>it does not answer</source>
        <translation>它没有响应</translation>
    </message>
    <message>
        <source>it ended by itself</source>
        <translation>它自行结束</translation>
    </message>
    <message>
        <source>{part} failed at {time} and starts again in {seconds} s: {error}</source>
        <translation>{part} 于 {time} 发生故障，{seconds} 秒后自动重启：{error}</translation>
    </message>
    <message>
        <source>{part} failed at {time} and was started again: {error}</source>
        <translation>{part} 于 {time} 发生故障，已自动重启：{error}</translation>
    </message>
    <message>
        <source>{part} failed {times} times in a row, last at {time}, and is not started again: {error} Close the program and start it anew.</source>
        <translation>{part}连续故障 {times} 次，最近一次在 {time}，不再自动重启：{error} 请关闭程序后重新启动。</translation>
    </message>
</context>
<context>
    <name>channel</name>
    <message>
        <source>E-mail</source>
        <translation>邮件</translation>
    </message>
    <message>
        <source>In person</source>
        <translation>亲身</translation>
    </message>
    <message>
        <source>Letter</source>
        <translation>书信</translation>
    </message>
    <message>
        <source>Message in the trading app</source>
        <translation>交易程序内消息</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
</context>
<context>
    <name>check</name>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Minimum deposit</source>
        <translation>最低入币额</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Receiving account</source>
        <translation>收款账户</translation>
    </message>
    <message>
        <source>Sending address</source>
        <translation>转出地址</translation>
    </message>
    <message>
        <source>Time of arrival</source>
        <translation>到达时间</translation>
    </message>
    <message>
        <source>Token contract</source>
        <translation>代币合约</translation>
    </message>
    <message>
        <source>Transaction result</source>
        <translation>交易结果</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>转账</translation>
    </message>
    <message>
        <source>Used for one record only</source>
        <translation>只用于一笔记录</translation>
    </message>
    <message>
        <source>Verification of the sending wallet</source>
        <translation>转出钱包认证</translation>
    </message>
</context>
<context>
    <name>client</name>
    <message>
        <source>Copy text</source>
        <translation>复制文字</translation>
    </message>
    <message>
        <source>Dear client,

To verify your wallet {source} on {network}, please sign the following text with it, unchanged, and send us the signature (it begins with 0x):

{challenge}

Signing costs nothing and moves no coins.</source>
        <translation>尊敬的客户：

为认证您在 {network} 的钱包 {source}，请以该钱包对以下文字签名（请勿改动），并把签名（以 0x 开头）回复我们：

{challenge}

签名不需费用，亦不会转移任何币。</translation>
    </message>
    <message>
        <source>Dear client,

To verify your wallet {source}, please send exactly {amount} on {network} from that wallet to:
{target}

The amount has to be exact to the last digit, and the payment has to arrive before {until}. Do not send from another wallet or an exchange. This payment only verifies the wallet and is not credited as a deposit.</source>
        <translation>尊敬的客户：

为认证您的钱包 {source}，请由该钱包经 {network} 转出准确金额 {amount} 至：
{target}

金额须与上述完全一致，并须于 {until} 前到达。请勿由其他钱包或交易所转出。此付款只用于认证钱包，不会作为入币入账。</translation>
    </message>
    <message>
        <source>Dear client,

Your deposit {record_no} has been refunded.
Amount: {amount}
Network: {network}
Address: {address}
TXID: {txid}

The refund is final on chain. Please check your wallet, and contact us if anything is unclear.</source>
        <translation>尊敬的客户：

您的入币 {record_no} 已完成退币。
金额：{amount}
网络：{network}
地址：{address}
交易哈希：{txid}

退币已在链上最终确认，请查阅钱包；如有疑问，请与我们联系。</translation>
    </message>
    <message>
        <source>Language of the text</source>
        <translation>文字语言</translation>
    </message>
    <message>
        <source>Text for the client</source>
        <translation>给客户的文字</translation>
    </message>
    <message>
        <source>The token you sent on {network} is not the {coin} that we accept, though its name may be the same. It cannot be credited.</source>
        <translation>您在 {network} 转入的代币并非本公司接受的 {coin}（名称可能相同），未能入账。</translation>
    </message>
    <message>
        <source>The transaction {txid} has already been used for a deposit. If you have sent another one, please give us its TXID.</source>
        <translation>交易 {txid} 已用于一笔入币。如您另有转账，请提供该笔的交易哈希。</translation>
    </message>
    <message>
        <source>The wallet address in your application is not a valid address on {network}. Please check it and submit the application again.</source>
        <translation>申请内的钱包地址并非 {network} 的有效地址，请检查后重新提交申请。</translation>
    </message>
    <message>
        <source>We have not seen your deposit of {claimed} {coin} on {network} to {target} yet. If you have sent it, please give us the TXID; if not, please send it to exactly this address.</source>
        <translation>我们尚未在 {network} 见到您转入 {target} 的 {claimed} {coin}。如已转出，请提供交易哈希；如未转出，请转至上述地址，一字不差。</translation>
    </message>
    <message>
        <source>We received {found} {coin}, and your application says {claimed} {coin}. Please confirm the amount you sent.</source>
        <translation>我们收到 {found} {coin}，而申请金额为 {claimed} {coin}，请确认您转出的金额。</translation>
    </message>
    <message>
        <source>Your application has been closed. Please submit a new one if you still want to deposit.</source>
        <translation>您的申请已结束；如仍要入币，请重新提交申请。</translation>
    </message>
    <message>
        <source>Your deposit came from {found_source}, which is not verified for you yet. We will contact you to verify that it is your wallet.</source>
        <translation>您的入币由 {found_source} 转出，该地址尚未为您认证；我们会联系您核实钱包。</translation>
    </message>
    <message>
        <source>Your deposit did not go to the address that belongs to your account. We are looking into it and will contact you. Address in your application: {target}.</source>
        <translation>您的入币并非转入属于您账户的地址，我们正在跟进并会联系您。申请内的地址：{target}。</translation>
    </message>
    <message>
        <source>Your deposit is being refunded or has been refunded. We will contact you about it.</source>
        <translation>您的入币正在退币或已退币，我们会就此联系您。</translation>
    </message>
    <message>
        <source>Your deposit is waiting for your wallet {source} on {network} to be verified. We will contact you with the steps.</source>
        <translation>您的入币正等候认证 {network} 的钱包 {source}，我们会联系您说明步骤。</translation>
    </message>
    <message>
        <source>Your deposit of {claimed} {coin} arrived in several transfers. Please submit one application for each of them.</source>
        <translation>您的 {claimed} {coin} 分多笔到达，请为每笔转账分别提交申请。</translation>
    </message>
    <message>
        <source>Your deposit of {found} {coin} arrived after the time allowed for it. We are checking it and will contact you.</source>
        <translation>您的 {found} {coin} 逾时到达，我们正在核对并会联系您。</translation>
    </message>
    <message>
        <source>Your deposit of {found} {coin} has arrived on {network} and is being confirmed. It will be credited by itself.</source>
        <translation>您的 {found} {coin} 已到达 {network}，正在确认，完成后会自动入账。</translation>
    </message>
    <message>
        <source>Your deposit of {found} {coin} has been credited to your account.</source>
        <translation>您的 {found} {coin} 已存入账户。</translation>
    </message>
    <message>
        <source>Your deposit of {found} {coin} is below the minimum of {minimum} {coin}. We will tell you how it is handled.</source>
        <translation>您的入币 {found} {coin} 低于最低入币额 {minimum} {coin}，我们会通知您处理方式。</translation>
    </message>
    <message>
        <source>Your transaction {txid} does not hold a transfer of {coin}. Please give us the TXID of the transfer itself.</source>
        <translation>您的交易 {txid} 并无 {coin} 的转账，请提供该笔转账本身的交易哈希。</translation>
    </message>
    <message>
        <source>Your transaction {txid} failed on {network}; the coins are still in your wallet. Please send them again and submit a new application.</source>
        <translation>您的交易 {txid} 在 {network} 执行失败，币仍在您的钱包；请重新转出并提交新申请。</translation>
    </message>
    <message>
        <source>Your transaction {txid} has been sent and waits for a block of {network}. You do not have to do anything.</source>
        <translation>您的交易 {txid} 已发出，正等候 {network} 上链，无须处理。</translation>
    </message>
    <message>
        <source>Your transaction {txid} is on {found_network}, but your application names {network}. Please submit the application again with the right network; do not send again.</source>
        <translation>您的交易 {txid} 在 {found_network}，而申请填写的是 {network}；请以正确网络重新提交申请，无须再次转账。</translation>
    </message>
    <message>
        <source>Your transaction {txid} went to {found_target}, which is not one of our addresses. Please ask whoever gave you that address.</source>
        <translation>您的交易 {txid} 转至 {found_target}，并非本公司地址；请向提供该地址的一方查询。</translation>
    </message>
    <message>
        <source>{network} does not know the transaction {txid} that you gave us. Please copy the TXID from your wallet again, and check which network you used.</source>
        <translation>{network} 上找不到您提供的交易 {txid}。请从钱包重新复制交易哈希，并检查所用网络。</translation>
    </message>
    <message>
        <source>{network} has replaced the block that held your deposit. We are watching whether it is recorded again and will contact you.</source>
        <translation>{network} 已取代您入币所在的区块，我们正留意该笔转账会否再次上链，并会联系您。</translation>
    </message>
    <message>
        <source>{network} is giving inconsistent answers at the moment, so your deposit takes longer. You do not have to do anything.</source>
        <translation>{network} 当前回应不一致，入币需时较长，您无须处理。</translation>
    </message>
</context>
<context>
    <name>column</name>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Changes</source>
        <translation>变更</translation>
    </message>
    <message>
        <source>Client number</source>
        <translation>客户编号</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差异</translation>
    </message>
    <message>
        <source>Difference from the claim</source>
        <translation>与申报相差</translation>
    </message>
    <message>
        <source>Kind of address</source>
        <translation>地址类型</translation>
    </message>
    <message>
        <source>Latest block</source>
        <translation>最新区块</translation>
    </message>
    <message>
        <source>Leading worker</source>
        <translation>运行中的链上程序</translation>
    </message>
    <message>
        <source>Likely client</source>
        <translation>可能的客户</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Processed up to block</source>
        <translation>已处理至区块</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>command</name>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Change password…</source>
        <translation>修改密码…</translation>
    </message>
    <message>
        <source>Choose columns…</source>
        <translation>选择列…</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy cell</source>
        <translation>复制单元格</translation>
    </message>
    <message>
        <source>Copy rows</source>
        <translation>复制所选各行</translation>
    </message>
    <message>
        <source>Copy rows as CSV</source>
        <translation>复制所选各行为 CSV</translation>
    </message>
    <message>
        <source>Copy the link</source>
        <translation>复制链接</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Load again</source>
        <translation>重新加载</translation>
    </message>
    <message>
        <source>Lock now</source>
        <translation>立即锁定</translation>
    </message>
    <message>
        <source>Log out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Look up what was copied</source>
        <translation>查找已复制的内容</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>开放</translation>
    </message>
    <message>
        <source>Open in the block explorer</source>
        <translation>在区块浏览器打开</translation>
    </message>
    <message>
        <source>QR code</source>
        <translation>二维码</translation>
    </message>
    <message>
        <source>Quick jump</source>
        <translation>快速前往</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>查询</translation>
    </message>
    <message>
        <source>Show or hide the details</source>
        <translation>显示或隐藏详情</translation>
    </message>
    <message>
        <source>Show or hide the password</source>
        <translation>显示或隐藏密码</translation>
    </message>
    <message>
        <source>Text {percent} %</source>
        <translation>文字 {percent}%</translation>
    </message>
    <message>
        <source>{act} ({keys})</source>
        <translation>{act}（{keys}）</translation>
    </message>
    <message>
        <source>{words}   {keys}</source>
        <translation>{words}&#x3000;{keys}</translation>
    </message>
</context>
<context>
    <name>confirmations</name>
    <message>
        <source>Confirmations</source>
        <translation>确认数</translation>
    </message>
    <message>
        <source>latest block {number}, {ago}</source>
        <translation>最新区块 {number}，{ago}</translation>
    </message>
</context>
<context>
    <name>cryptocurrency</name>
    <message>
        <source>Closed</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Native coin</source>
        <translation>原生币</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>开放</translation>
    </message>
</context>
<context>
    <name>deposit</name>
    <message>
        <source>Address check</source>
        <translation>地址核对</translation>
    </message>
    <message>
        <source>As submitted by the client side</source>
        <translation>客户端提交内容</translation>
    </message>
    <message>
        <source>Block confirmations</source>
        <translation>区块确认进度</translation>
    </message>
    <message>
        <source>Check results</source>
        <translation>核对结果</translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation>申报</translation>
    </message>
    <message>
        <source>Deposit record {number}</source>
        <translation>入币记录 {number}</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>No chain worker is running; confirmations go on when one is.</source>
        <translation>目前没有链上程序在运行；恢复后会继续确认。</translation>
    </message>
    <message>
        <source>On chain</source>
        <translation>链上</translation>
    </message>
    <message>
        <source>Refund {number} · {status}</source>
        <translation>退币 {number} · {status}</translation>
    </message>
    <message>
        <source>The network has been silent for a while; confirmations go on when blocks come again.</source>
        <translation>网络已有一段时间没有新区块；新区块出现后会继续确认。</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>处理历程</translation>
    </message>
    <message>
        <source>Waits until another worker reports the same transfer; then it is credited.</source>
        <translation>等待另一工作程序汇报同一转账，其后入账。</translation>
    </message>
</context>
<context>
    <name>deposit_meaning</name>
    <message>
        <source>A refund of this deposit is under way.</source>
        <translation>这笔入币正在退币。</translation>
    </message>
    <message>
        <source>Final on chain and credited to the client.</source>
        <translation>链上已最终确认，并已为客户入账。</translation>
    </message>
    <message>
        <source>Its application was deleted. This is final.</source>
        <translation>相关申请已删除，不可回复。</translation>
    </message>
    <message>
        <source>Received. The source wallet is not verified yet, or the transfer is not on chain yet.</source>
        <translation>已接收。来源钱包尚未认证，或转账尚未上链。</translation>
    </message>
    <message>
        <source>Revoked by an operator. This is final.</source>
        <translation>已由操作员撤销，不可回复。</translation>
    </message>
    <message>
        <source>Something does not match; the reason is shown.</source>
        <translation>有资料不符，原因已列明。</translation>
    </message>
    <message>
        <source>The matching transfer is on chain and gathers confirmations.</source>
        <translation>相符的转账已上链，正在累积确认数。</translation>
    </message>
    <message>
        <source>The refund ended and no money moved.</source>
        <translation>退币已结束，资金未有转出。</translation>
    </message>
    <message>
        <source>The refund is final on chain.</source>
        <translation>退币已在链上最终确认。</translation>
    </message>
</context>
<context>
    <name>deposit_next</name>
    <message>
        <source>Nothing is left to do here. A transfer that was attached is among the transfers without a request.</source>
        <translation>此处无须再处理；原先关联的转账已回到“未匹配转账”。</translation>
    </message>
    <message>
        <source>Nothing is left to do. A refund can be requested if the client asks for one.</source>
        <translation>无须再处理；如客户要求，可申请退币。</translation>
    </message>
    <message>
        <source>Nothing is left to do. The client submits a new request if they still want to deposit.</source>
        <translation>无须再处理；客户如仍要入币，须重新提交申请。</translation>
    </message>
    <message>
        <source>Open the refund and see who has to act next.</source>
        <translation>打开退币单，查看下一步由谁处理。</translation>
    </message>
    <message>
        <source>Open the refund, read why it failed, then request a new one.</source>
        <translation>打开退币单查看失败原因，再重新申请。</translation>
    </message>
    <message>
        <source>Read the reason, clear it up with the client, then check again, accept or delete.</source>
        <translation>先看原因并与客户厘清，再重新核对、核实入账或删除。</translation>
    </message>
    <message>
        <source>Tell the client, and record on the refund how and when you did.</source>
        <translation>请通知客户，并在退币单记录通知方式及时间。</translation>
    </message>
    <message>
        <source>Verify the source wallet if it is not verified, and ask the client for the TXID. Revoke only when nothing was sent.</source>
        <translation>如来源钱包未认证请先认证，并向客户索取交易哈希；确定未有转出才撤销。</translation>
    </message>
    <message>
        <source>Wait. It is credited by itself when the confirmations are complete.</source>
        <translation>请等候，确认数足够后会自动入账。</translation>
    </message>
</context>
<context>
    <name>deposit_status</name>
    <message>
        <source>Abnormal</source>
        <translation>异常</translation>
    </message>
    <message>
        <source>Confirming</source>
        <translation>确认中</translation>
    </message>
    <message>
        <source>Credited</source>
        <translation>已到账</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>Refund failed</source>
        <translation>退币失败</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>已退币</translation>
    </message>
    <message>
        <source>Refunding</source>
        <translation>退币中</translation>
    </message>
    <message>
        <source>Revoked</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Wallet Auth Pending</source>
        <translation>钱包地址认证中</translation>
    </message>
</context>
<context>
    <name>dialog</name>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close without keeping what you typed?</source>
        <translation>未提交的内容不会保留，确定关闭？</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃内容</translation>
    </message>
    <message>
        <source>Keep writing</source>
        <translation>继续填写</translation>
    </message>
    <message>
        <source>Load again</source>
        <translation>重新加载</translation>
    </message>
    <message>
        <source>This changed while you looked at it. Load it again before you go on; what you typed is kept.</source>
        <translation>你查看期间资料已变更，请重新加载再继续；已输入的内容会保留。</translation>
    </message>
</context>
<context>
    <name>empty</name>
    <message>
        <source>Every balance of our accounts is explained by transfers. Nothing to do.</source>
        <translation>所有存管账户的余额均与转账相符，无须处理。</translation>
    </message>
    <message>
        <source>Every transfer to our accounts belongs to a request. Nothing to do.</source>
        <translation>所有转入存管账户的款项均有对应申请，无须处理。</translation>
    </message>
    <message>
        <source>No applications yet. They appear here by themselves when the client side submits them.</source>
        <translation>尚无入币申请。客户端提交后会自动在此出现。</translation>
    </message>
    <message>
        <source>No cryptocurrencies yet. Add the first one; a network has to exist before.</source>
        <translation>尚无加密货币。请先建立网络，再新增第一个币种。</translation>
    </message>
    <message>
        <source>No custodial accounts yet. Import the addresses the custodian gave you; once another person has confirmed them, each client gets one when first needed.</source>
        <translation>尚未有存管账户。请导入托管方提供的地址；经另一人确认后，客户首次需要时会自动获分配一个。</translation>
    </message>
    <message>
        <source>No deposits yet. A record appears here by itself as soon as the client side submits an application.</source>
        <translation>尚无入币记录。客户端提交申请后，记录会自动在此出现。</translation>
    </message>
    <message>
        <source>No networks yet. Add the first one with at least one node that answers.</source>
        <translation>尚无网络。请新增第一个，并填写至少一个可用节点。</translation>
    </message>
    <message>
        <source>No operators yet.</source>
        <translation>尚无操作员。</translation>
    </message>
    <message>
        <source>No refunds yet. A refund is requested from a credited record under Coin Deposit Records.</source>
        <translation>尚无退币。请在“入币记录”中选择已到账的记录申请退币。</translation>
    </message>
    <message>
        <source>No requests. New logins, permissions that allow more than looking, new passwords and weaker rules wait here for an administrator of another hand.</source>
        <translation>没有申请。新登录、查询以外的权限、重设密码及放宽规则，均在此等候另一位独立的管理员批准。</translation>
    </message>
    <message>
        <source>No rules yet.</source>
        <translation>尚无业务规则。</translation>
    </message>
    <message>
        <source>No wallet addresses yet. Add a client&apos;s address, then verify it with the client before the deposit.</source>
        <translation>尚无钱包地址。请新增客户的地址，并在入币前与客户完成认证。</translation>
    </message>
    <message>
        <source>Nothing was done yet.</source>
        <translation>尚无操作。</translation>
    </message>
</context>
<context>
    <name>error</name>
    <message>
        <source>A character of {value} is wrong: its capital letters do not fit. Copy the address again.</source>
        <translation>{value} 有字符不正确，大小写与校验码不符，请重新复制地址。</translation>
    </message>
    <message>
        <source>Another worker has taken over {network} (term {epoch}). This one steps back; nothing needs doing.</source>
        <translation>{network} 已由另一个工作程序接手（任期 {epoch}），本程序退下，无须处理。</translation>
    </message>
    <message>
        <source>Application {external_serial} already has the TXID {txid}, which cannot be replaced. Delete the application if the TXID is wrong.</source>
        <translation>申请 {external_serial} 已有交易哈希 {txid}，不可更换；如交易哈希有误，请删除申请。</translation>
    </message>
    <message>
        <source>At least {minimum} characters. A sentence of several words is easy to remember.</source>
        <translation>至少 {minimum} 个字符；由数个词语组成的句子较易记住。</translation>
    </message>
    <message>
        <source>At most {limit} characters. Shorten it.</source>
        <translation>最多 {limit} 个字符，请缩短。</translation>
    </message>
    <message>
        <source>Client {client_no} has no custodial account on {network} to pay to. Import some under Channel Custodial Account.</source>
        <translation>客户 {client_no} 在 {network} 未有可供付款的存管账户，请在“渠道存管账户”导入。</translation>
    </message>
    <message>
        <source>Coins sent to {address} may never reach the client ({risk}). Check with the client, tick that you did, and request the refund again.</source>
        <translation>转至 {address} 的资产未必能到达客户手上（{risk}）。请先向客户查询并勾选，再申请退币。</translation>
    </message>
    <message>
        <source>Deposits of {coin} on {network} are switched off. They are switched on under Cryptocurrency.</source>
        <translation>{network} 的 {coin} 当前暂停入币，可在“加密货币”开启。</translation>
    </message>
    <message>
        <source>Leave your login out of the password.</source>
        <translation>密码不可包含登录名。</translation>
    </message>
    <message>
        <source>Login or password is wrong. Check both, and the caps lock key.</source>
        <translation>登录名或密码不正确，请检查两者及大写锁定键。</translation>
    </message>
    <message>
        <source>No custodial account is free on {network}. Import some under Channel Custodial Account.</source>
        <translation>{network} 已无可分配的存管账户，请在“渠道存管账户”导入。</translation>
    </message>
    <message>
        <source>No encrypted connection to {server} could be agreed on, so nothing was sent. The administrator looks at the server&apos;s TLS settings.</source>
        <translation>未能与 {server} 建立加密连接，因此没有发送任何资料。须由管理员检查服务器的 TLS 设置。</translation>
    </message>
    <message>
        <source>No hot wallet is set up for {network}. The administrator has to set one up.</source>
        <translation>{network} 尚未设置热钱包，请联系管理员设置。</translation>
    </message>
    <message>
        <source>Payments on {network} are stopped: {reason}. The administrator has to release them.</source>
        <translation>{network} 已停止付款：{reason}。须由管理员解除。</translation>
    </message>
    <message>
        <source>Refund {refund_no} goes to {address}. Wait until it is finished, or cancel it first.</source>
        <translation>退币 {refund_no} 的收款地址为 {address}，请待其完成，或先取消。</translation>
    </message>
    <message>
        <source>Request {id} is yours, or about your own login. Another administrator decides it, under Permission Requests.</source>
        <translation>申请 {id} 由你提出，或涉及你的登录。须由另一位管理员在“授权申请”审批。</translation>
    </message>
    <message>
        <source>Somebody else is working on the same thing at this moment. Nothing was changed. Try again in a moment.</source>
        <translation>其他人正在处理同一项目，没有作出任何更改。请稍后再试。</translation>
    </message>
    <message>
        <source>The account {login} is disabled. An administrator can enable it again.</source>
        <translation>账号 {login} 已停用，可由管理员重新启用。</translation>
    </message>
    <message>
        <source>The amount has to be more than zero.</source>
        <translation>金额必须大于零。</translation>
    </message>
    <message>
        <source>The certificate of {server} has expired or is not valid yet, so nothing was sent. The administrator renews it; check the date of this workstation too.</source>
        <translation>{server} 的证书已过期或尚未生效，因此没有发送任何资料。须由管理员更新证书；亦请检查本工作站的日期。</translation>
    </message>
    <message>
        <source>The certificate of {server} is for another name, so nothing was sent. The administrator compares db_host with the certificate.</source>
        <translation>{server} 的证书属于另一名称，因此没有发送任何资料。须由管理员核对 db_host 与证书。</translation>
    </message>
    <message>
        <source>The certificate of {server} is from an authority that this workstation does not trust, so nothing was sent. The administrator corrects db_sslrootcert, or finds out who is in between.</source>
        <translation>{server} 的证书由本工作站不信任的机构签发，因此没有发送任何资料。须由管理员更正 db_sslrootcert，或查明是否有人从中截取。</translation>
    </message>
    <message>
        <source>The connection broke while this was being done. Whether it was done is not known: look at the record before you do it again.</source>
        <translation>操作进行期间连接中断，未能确定是否已完成。再次操作前请先查看该笔记录。</translation>
    </message>
    <message>
        <source>The connection to {server} would not be encrypted and checked, so it was not made. The administrator has to set up its certificate.</source>
        <translation>与 {server} 的连接未能加密及核实身份，因此没有连接；须由管理员设置其证书。</translation>
    </message>
    <message>
        <source>The content of {refund_no} does not match its fingerprint. Approve and execute nothing, and tell the administrator at once.</source>
        <translation>{refund_no} 的内容与指纹不符。请勿批准或执行，并立即通知管理员。</translation>
    </message>
    <message>
        <source>The database is newer than this program, or was changed by another one: {name} is not what this program knows. Install the program that the administrator upgraded it with.</source>
        <translation>数据库比本程序新，或被其他程序更改过：{name} 与本程序所知不符。请安装管理员升级数据库时所用的程序。</translation>
    </message>
    <message>
        <source>The database is older than this program: {name} has not run there. The administrator runs wbo-desktop db upgrade, or you go on with the older program.</source>
        <translation>数据库比本程序旧：{name} 尚未运行。请管理员运行 wbo-desktop db upgrade，或继续使用旧版程序。</translation>
    </message>
    <message>
        <source>The database is starting, recovering or being shut down. Nothing was changed. Wait a moment; it is tried again by itself.</source>
        <translation>数据库正在启动、恢复或关闭，没有作出任何更改。请稍候，系统会自动再试。</translation>
    </message>
    <message>
        <source>The database refused an impossible change ({rule}). Nothing was done; tell the administrator.</source>
        <translation>数据库拒绝了不可能的变更（{rule}），没有作出任何更改；请通知管理员。</translation>
    </message>
    <message>
        <source>The database took too long, so this was given up. Nothing was changed. Try again; narrow the filter if it was a list.</source>
        <translation>数据库处理时间过长，操作已放弃，没有作出任何更改。请再试；如属列表，请缩小筛选条件。</translation>
    </message>
    <message>
        <source>The external serial number {external_serial} was used before with other content. The client side has to send a new one.</source>
        <translation>外部流水号 {external_serial} 已用于另一内容的申请，客户端须改用新的流水号。</translation>
    </message>
    <message>
        <source>The file of trusted authorities {path} cannot be read, so nothing was sent. The administrator corrects db_sslrootcert.</source>
        <translation>未能读取信任机构文件 {path}，因此没有发送任何资料。须由管理员更正 db_sslrootcert。</translation>
    </message>
    <message>
        <source>The hot wallet has {available} for network fees on {network}, and sending this now may need {needed}. Have it topped up, then try again.</source>
        <translation>热钱包在 {network} 上可用于网络费的余额为 {available}，现时转出可能需要 {needed}；请安排补充后再试。</translation>
    </message>
    <message>
        <source>The hot wallet has {available} {coin} and this needs {needed}. Have it topped up, then try again.</source>
        <translation>热钱包现有 {available} {coin}，本次需要 {needed}；请安排补充后再试。</translation>
    </message>
    <message>
        <source>The login {login} is taken. Choose another.</source>
        <translation>登录名 {login} 已被使用，请另选一个。</translation>
    </message>
    <message>
        <source>The login {login} may not open a session now: it is disabled, or was not released yet. An administrator sees why under Operators &amp; Permissions.</source>
        <translation>账户 {login} 现时不可登录：已停用，或尚未获批启用。管理员可在「操作员与权限」查看原因。</translation>
    </message>
    <message>
        <source>The new password is the old one. Choose another.</source>
        <translation>新密码与旧密码相同，请另选一个。</translation>
    </message>
    <message>
        <source>The password did not arrive in the form the server wants. Try again; if it stays, update WBO Desktop.</source>
        <translation>密码未能以服务器要求的格式送达，请再试；如仍失败，请更新 WBO Desktop。</translation>
    </message>
    <message>
        <source>The password is wrong, or your login was locked meanwhile. Check the caps lock key, or ask the administrator.</source>
        <translation>密码不正确，或登录已被锁定。请检查大写锁定键，或向管理员查询。</translation>
    </message>
    <message>
        <source>The password of {login} was changed outside WBO Desktop, so this login only looks. Tell an administrator, who confirms it under Operators &amp; Permissions.</source>
        <translation>{login} 的密码在 WBO Desktop 以外被更改，此登录只可查询。请通知管理员在“操作员与权限”确认。</translation>
    </message>
    <message>
        <source>The screen is locked, so nothing was done. Unlock it and try again.</source>
        <translation>屏幕已锁定，操作并未执行。请解锁后再试。</translation>
    </message>
    <message>
        <source>The server cannot be reached. Nothing was changed. Check the network; you can try again at any time.</source>
        <translation>未能连接服务器，没有作出任何更改。请检查网络，随时可以再试。</translation>
    </message>
    <message>
        <source>The server has no more room or connections for this login now. Nothing was changed. Close other desktops of this login, or ask the administrator.</source>
        <translation>服务器现时没有空间或连接可供此账户使用，没有作出任何更改。请关闭此账户的其他桌面，或联系管理员。</translation>
    </message>
    <message>
        <source>There is no database {database} on {server}. The administrator corrects db_name in the settings.</source>
        <translation>{server} 上没有名为 {database} 的数据库；须由管理员更正设置中的 db_name。</translation>
    </message>
    <message>
        <source>This cannot be left empty.</source>
        <translation>此项不可留空。</translation>
    </message>
    <message>
        <source>This needs the permission “{permission}”. The administrator grants it.</source>
        <translation>需要“{permission}”权限，请联系管理员申请。</translation>
    </message>
    <message>
        <source>This was asked for by {login}. Refuse it instead of withdrawing it.</source>
        <translation>此申请由 {login} 提出，只可拒绝，不可代为撤回。</translation>
    </message>
    <message>
        <source>Too many failed attempts. Try again after {until}, or ask the administrator for a new password.</source>
        <translation>失败次数过多，请于 {until} 后再试，或请管理员重置密码。</translation>
    </message>
    <message>
        <source>Too many people use a password like this. Choose several words that do not belong together.</source>
        <translation>这类密码太常见，请选用数个互不相关的词语。</translation>
    </message>
    <message>
        <source>Type your password again: this act wants a login younger than {seconds} seconds.</source>
        <translation>请再次输入密码：此操作须在登录后 {seconds} 秒内进行。</translation>
    </message>
    <message>
        <source>Write why. Spaces alone do not count.</source>
        <translation>请写明原因，只有空格不算。</translation>
    </message>
    <message>
        <source>You cannot give yourself “{permission}”. Ask another administrator.</source>
        <translation>不可授予自己“{permission}”权限，请由另一位管理员处理。</translation>
    </message>
    <message>
        <source>Your password was given to you for one login only. Set your own first.</source>
        <translation>当前密码只供首次登录使用，请先设置自己的密码。</translation>
    </message>
    <message>
        <source>Your session has ended. Log in again; nothing you did is lost.</source>
        <translation>登录已到期，请重新登录；已完成的操作不受影响。</translation>
    </message>
    <message>
        <source>{address} is assigned to client {client_no} and stays theirs. Only unassigned accounts can be deleted.</source>
        <translation>{address} 已分配给客户 {client_no}，须予保留；只可删除未分配的账户。</translation>
    </message>
    <message>
        <source>{address} is not a wallet of this client. Add and verify it under Client Wallet Address first.</source>
        <translation>{address} 并非此客户的钱包，请先在“客户钱包地址”新增并认证。</translation>
    </message>
    <message>
        <source>{address} is not verified for this client (status: {status}). Verify it first, or choose another.</source>
        <translation>{address} 未为此客户认证（状态：{status}），请先认证或另选地址。</translation>
    </message>
    <message>
        <source>{address} is verified for another client. Choose a wallet of the client of this deposit.</source>
        <translation>{address} 属另一客户已认证的钱包，请选择本笔入币客户的钱包。</translation>
    </message>
    <message>
        <source>{address} is verified for client {client_no}. If both clients really share it, allow that first, with a remark.</source>
        <translation>{address} 已认证给客户 {client_no}；如两位客户确实共用，请先写下备注允许共用。</translation>
    </message>
    <message>
        <source>{address} is verified on {network}, not on the deposit&apos;s network. A refund goes back on the network it came from.</source>
        <translation>{address} 认证于 {network}，并非入币所用网络；退币须经原网络退回。</translation>
    </message>
    <message>
        <source>{address} was added, or its proof was begun, by {common}, who counts as one person with {login}. Where no approval is needed, somebody else has to request a refund to it.</source>
        <translation>新增 {address} 或开始其认证的 {common} 与 {login} 视为同一人。在无须批准的情况下，退币往此地址须由另一人申请。</translation>
    </message>
    <message>
        <source>{address} was deleted. Add it again if the client still uses it.</source>
        <translation>{address} 已删除；如客户仍使用，请重新新增。</translation>
    </message>
    <message>
        <source>{address} was verified only recently. Refunds to it are possible from {until}.</source>
        <translation>{address} 刚完成认证，{until} 起才可退币至此地址。</translation>
    </message>
    <message>
        <source>{amount} is less than the smallest unit of the coin. Enter more.</source>
        <translation>{amount} 小于此币种的最小单位，请输入较大金额。</translation>
    </message>
    <message>
        <source>{amount} is less than the {limit} credited. Write why the amount is lowered.</source>
        <translation>{amount} 少于入账金额 {limit}，请写明调低原因。</translation>
    </message>
    <message>
        <source>{amount} is more than was credited. Enter {limit} or less.</source>
        <translation>{amount} 高于入账金额，最多只可退 {limit}。</translation>
    </message>
    <message>
        <source>{amount} would exceed today&apos;s limit for {coin}: {used} of {limit} are used. Wait until tomorrow or ask for a higher limit.</source>
        <translation>加上 {amount} 会超出 {coin} 今日上限：已用 {used}，上限 {limit}。请待明日，或申请提高上限。</translation>
    </message>
    <message>
        <source>{amount} {coin} of it is on chain already (TXID {txid}, confirmations: {confirmations}), so it cannot be revoked. Verify the wallet and it goes on by itself; or delete the application, which puts the coins among the transfers without a request.</source>
        <translation>此请求的 {amount} {coin} 已在链上（交易哈希 {txid}，确认数 {confirmations}），不能撤销。请完成钱包认证，记录会自动继续；或删除申请，该笔款项会列入“未匹配转账”。</translation>
    </message>
    <message>
        <source>{field}: {sentence}</source>
        <translation>{field}：{sentence}</translation>
    </message>
    <message>
        <source>{id} would be weaker, or a new way for money: this waits for an administrator of another hand.</source>
        <translation>{id} 会变得宽松或开放新的资金途径，须等候另一位独立的管理员批准。</translation>
    </message>
    <message>
        <source>{login} and {other} count as one person: the passwords of both lead back to {common}. Somebody else has to do this, or the password of one of them is issued by another administrator.</source>
        <translation>{login} 与 {other} 视为同一人：两者的密码均源自 {common}。须由其他人处理，或由另一位管理员重发其中一人的密码。</translation>
    </message>
    <message>
        <source>{login} asked for this and counts as one person with you. Somebody whose password came from another administrator has to decide.</source>
        <translation>此项由 {login} 申请，与您视为同一人。须由密码来自另一管理员的人员决定。</translation>
    </message>
    <message>
        <source>{login} has approved this already. The next approval has to come from somebody else.</source>
        <translation>{login} 已批准，余下批准须由其他人作出。</translation>
    </message>
    <message>
        <source>{login} has asked for a change of {id} that is not decided yet. Decide it under Permission Requests first.</source>
        <translation>{login} 已就 {id} 提出申请，尚未审批。请先在“授权申请”审批。</translation>
    </message>
    <message>
        <source>{login} has asked for this already. Another person has to agree to it, or refuse it.</source>
        <translation>{login} 已就此提出申请，须由另一人同意或拒绝。</translation>
    </message>
    <message>
        <source>{login} is not an operator of this desk. Check the login or ask the administrator.</source>
        <translation>{login} 并非本系统的操作员，请检查登录名或联系管理员。</translation>
    </message>
    <message>
        <source>{login} is the last administrator. Make another operator administrator first.</source>
        <translation>{login} 是最后一位管理员，请先授权另一位操作员为管理员。</translation>
    </message>
    <message>
        <source>{login} is the only administrator who is independent of the others; without them nothing could be agreed to any more. Ask the database&apos;s owner for another administrator first.</source>
        <translation>{login} 是唯一独立于其他人的管理员；若无此人，任何申请均无法批准。请先由数据库拥有者新增另一位管理员。</translation>
    </message>
    <message>
        <source>{login} requested this refund. Another operator has to approve it.</source>
        <translation>此退币由 {login} 申请，须由另一位操作员批准。</translation>
    </message>
    <message>
        <source>{network} is halted, so nothing is paid on it. The notice at the top says why; when the administrator has found out and lifted the alarm, refunds go on.</source>
        <translation>{network} 已暂停，该网络不会付款。原因见上方通知；管理员查明并解除警报后，退币会继续。</translation>
    </message>
    <message>
        <source>{network} replaced block {number}, which was final. Tell the administrator at once.</source>
        <translation>{network} 取代了已终局的区块 {number}，请立即通知管理员。</translation>
    </message>
    <message>
        <source>{network} was expected at block {expected} and is at {actual}. The worker reads it again by itself.</source>
        <translation>{network} 应在区块 {expected}，实际为 {actual}；系统会自动重新读取。</translation>
    </message>
    <message>
        <source>{network} was reorganised at block {number}. The worker goes back and reads it again by itself.</source>
        <translation>{network} 在区块 {number} 出现链重组；系统会自动回退并重新读取。</translation>
    </message>
    <message>
        <source>{object} {id} changed while you looked at it (status now: {status}). Nothing was done. Reload and decide anew.</source>
        <translation>{object} {id} 在你查看期间已变更（当前状态：{status}），没有执行任何操作；请重新加载后再决定。</translation>
    </message>
    <message>
        <source>{object} {id} changed while you looked at it. Nothing was done. Reload and decide anew.</source>
        <translation>{object} {id} 在你查看期间已变更，没有执行任何操作；请重新加载后再决定。</translation>
    </message>
    <message>
        <source>{object} {id} does not exist, or you may not see it. Check the number or load the page again.</source>
        <translation>{object} {id} 不存在，或你无权查阅；请检查编号或重新加载页面。</translation>
    </message>
    <message>
        <source>{object} {id} exists already. Open that one instead of adding it again.</source>
        <translation>{object} {id} 已存在，请打开该笔，无须重复新增。</translation>
    </message>
    <message>
        <source>{object} {id} is “{status}” now, so “{wanted}” is not possible. Reload to see what is.</source>
        <translation>{object} {id} 当前为“{status}”，不可进行“{wanted}”；请重新加载查看可行操作。</translation>
    </message>
    <message>
        <source>{record_no} already has the refund {refund_no} under way. Follow that one.</source>
        <translation>{record_no} 已有进行中的退币 {refund_no}，请跟进该笔。</translation>
    </message>
    <message>
        <source>{refund_no} is signed and may be on its way; it can no longer be cancelled. Follow it instead.</source>
        <translation>{refund_no} 已签署并可能已发出，不能再取消，请继续跟进。</translation>
    </message>
    <message>
        <source>{sender} on {network} has sent up to nonce {actual}, and the database knows {expected}. Sending has stopped until the administrator has reconciled both.</source>
        <translation>{network} 的 {sender} 已发送至 nonce {actual}，数据库记录为 {expected}；已停止发送，须待管理员对账。</translation>
    </message>
    <message>
        <source>{sender} on {network} is at nonce {actual}, not {expected}: somebody else uses this wallet. Sending has stopped; tell the administrator.</source>
        <translation>{network} 的 {sender} 现为 nonce {actual}，应为 {expected}，有他人使用此钱包；已停止发送，请通知管理员。</translation>
    </message>
    <message>
        <source>{server} admits no login from this workstation. The administrator adds it to the server&apos;s pg_hba.conf.</source>
        <translation>{server} 不接受本工作站登录；须由管理员在服务器的 pg_hba.conf 加入本工作站。</translation>
    </message>
    <message>
        <source>{server} can only be read now: a copy, or on its way to take over. Nothing was changed. Wait a moment, or ask the administrator.</source>
        <translation>{server} 现时只可读取（属备用服务器，或正在接管），没有作出任何更改。请稍候，或联系管理员。</translation>
    </message>
    <message>
        <source>{server} could not prove to be the desk&apos;s own server: somebody may be in between. The password was not given away. Tell the administrator at once.</source>
        <translation>{server} 未能证明是本系统的服务器，可能有人从中截取。密码没有外泄。请立即通知管理员。</translation>
    </message>
    <message>
        <source>{server} offers no encryption (TLS), so nothing was sent. The administrator switches it on, or finds out who is in between.</source>
        <translation>{server} 没有提供加密（TLS），因此没有发送任何资料。须由管理员启用，或查明是否有人从中截取。</translation>
    </message>
    <message>
        <source>{server} refused the connection (SQLSTATE {state}). Tell the administrator this number.</source>
        <translation>{server} 拒绝连接（SQLSTATE {state}）。请把此编号告知管理员。</translation>
    </message>
    <message>
        <source>{server} wants the password in a form that others could read, so it was not sent. The administrator sets scram-sha-256 in pg_hba.conf.</source>
        <translation>{server} 要求以他人可读取的方式发送密码，因此没有发送。须由管理员在 pg_hba.conf 设置 scram-sha-256。</translation>
    </message>
    <message>
        <source>{value} has more decimals than the coin, which has {decimals}. Shorten it.</source>
        <translation>{value} 的小数位多于此币种的 {decimals} 位，请缩短。</translation>
    </message>
    <message>
        <source>{value} is more than any chain can hold. Check the digits.</source>
        <translation>{value} 超出链上可表示的上限，请检查数字。</translation>
    </message>
    <message>
        <source>“{reason}” cannot be accepted by an operator. Clear up the cause and check again, or delete the application.</source>
        <translation>“{reason}”不可由操作员核实入账；请厘清原因后重新核对，或删除申请。</translation>
    </message>
    <message>
        <source>“{value}” cannot be used here. Check it and try another.</source>
        <translation>“{value}”不适用，请检查后更改。</translation>
    </message>
    <message>
        <source>“{value}” is not a TXID: 0x and 64 hexadecimal digits. Copy it whole.</source>
        <translation>“{value}”并非交易哈希：应为 0x 加 64 位十六进制字符，请完整复制。</translation>
    </message>
    <message>
        <source>“{value}” is not an address: 0x and 40 hexadecimal digits. Copy it whole.</source>
        <translation>“{value}”并非地址：应为 0x 加 40 位十六进制字符，请完整复制。</translation>
    </message>
    <message>
        <source>“{value}” is not an amount. Write digits, with a point before the decimals.</source>
        <translation>“{value}”并非金额；请输入数字，以小数点分隔小数。</translation>
    </message>
</context>
<context>
    <name>failure</name>
    <message>
        <source>A contract was found at the refund address, and nobody was warned of it. Nothing was signed. Cancel this refund, ask the client, then request it again.</source>
        <translation>退币地址上发现合约，而事前未有提示，没有签署。请取消此退币，向客户查询后再重新申请。</translation>
    </message>
    <message>
        <source>A transaction that this database does not know paid this refund. The administrator has to reconcile the hot wallet.</source>
        <translation>此退币由一笔数据库并不认识的交易支付，管理员须先核对热钱包。</translation>
    </message>
    <message>
        <source>Another transaction of the hot wallet took this one&apos;s place; this refund did not move any coin.</source>
        <translation>热钱包的另一笔交易占用了此 nonce，本退币没有转出任何币。</translation>
    </message>
    <message>
        <source>Nothing arrived in time. Start the verification again.</source>
        <translation>限期内未有到达，请重新开始认证。</translation>
    </message>
    <message>
        <source>Signed, but no node takes it now. The same transaction is offered again and again.</source>
        <translation>已签署，但节点暂不接受；系统会不断重发同一笔交易。</translation>
    </message>
    <message>
        <source>The address is verified for another client. Allow sharing first, if that is right.</source>
        <translation>地址已认证予另一客户；如属正确，请先允许共用。</translation>
    </message>
    <message>
        <source>The amount arrived, but another address signed the transaction. That proves nothing about this wallet: let the client pay it from the wallet itself, or sign a message (wallets that are contracts can only sign).</source>
        <translation>款额已到达，但交易由另一地址签署，不能证明此钱包属于客户：请客户由该钱包本身支付，或改用签名验证（合约钱包只可用签名验证）。</translation>
    </message>
    <message>
        <source>The block of the payment was replaced by a reorganisation. It is waited for again.</source>
        <translation>付款所在区块因链重组被取代，正重新等候。</translation>
    </message>
    <message>
        <source>The database refused the signature, because something that the refund rests on has changed. Cancel it, or tell the administrator.</source>
        <translation>退币所依据的资料已改变，数据库拒绝签署；请取消此退币，或通知管理员。</translation>
    </message>
    <message>
        <source>The hot wallet cannot pay the network&apos;s fee. It is sent once the wallet is topped up with the network&apos;s own coin.</source>
        <translation>热钱包不足以支付网络费用；补充网络原生币后会自动发送。</translation>
    </message>
    <message>
        <source>The hot wallet has too little of this coin, or would fall below its stop level. It is paid once the wallet is topped up.</source>
        <translation>热钱包的此币种余额不足，或会低于拦截头寸；补充后会自动支付。</translation>
    </message>
    <message>
        <source>The network asks for higher fees than the limit allows. It is sent when they fall.</source>
        <translation>网络费用高于所设上限；费用回落后会自动发送。</translation>
    </message>
    <message>
        <source>The node says that this transfer would fail now. Nothing was signed; it is tried again.</source>
        <translation>节点表示此转账现时会失败，没有签署；系统会再试。</translation>
    </message>
    <message>
        <source>The nodes contradict one another about this transaction. Nothing is settled until enough of them agree.</source>
        <translation>各节点对此交易的说法不一，待足够节点一致后才会有结果。</translation>
    </message>
    <message>
        <source>The refund address is not a verified wallet of the client any more. Cancel this refund and request it again.</source>
        <translation>退币地址已不是客户的已认证钱包；请取消此退币，再重新申请。</translation>
    </message>
    <message>
        <source>The signature was not made by this address. Ask the client to sign the text again, unchanged.</source>
        <translation>签名并非由此地址作出；请客户对原文重新签名，不可改动。</translation>
    </message>
    <message>
        <source>The signer did not sign. It is asked again; tell the administrator if this stays.</source>
        <translation>签署服务没有签署，系统会再请求；如持续如此，请通知管理员。</translation>
    </message>
    <message>
        <source>The signer signed something else. Nothing of it was kept or sent. Tell the administrator at once.</source>
        <translation>签署服务签署了其他内容，已全部弃置，没有发送；请立即通知管理员。</translation>
    </message>
    <message>
        <source>The token refuses this transfer. Nothing was signed; it is tried again.</source>
        <translation>代币合约拒绝此转账，没有签署；系统会再试。</translation>
    </message>
    <message>
        <source>The transaction failed on chain; no coin moved.</source>
        <translation>交易在链上失败，币未有转移。</translation>
    </message>
    <message>
        <source>The transaction succeeded, but the token shows no transfer. Whether money moved has to be found out; no other refund is possible until then.</source>
        <translation>交易成功，但代币未有显示转账。须先查明资金是否已转出，其间不可再退币。</translation>
    </message>
    <message>
        <source>The transfer wants more gas than any honest one. Nothing was signed. Have the administrator check the coin and the address.</source>
        <translation>此转账所需 gas 异常地高，没有签署；请管理员检查币种和地址。</translation>
    </message>
    <message>
        <source>The wallet was verified only recently and is still cooling off. It is signed afterwards.</source>
        <translation>钱包刚完成认证，仍在冷静期内；期满后才会签署。</translation>
    </message>
    <message>
        <source>There is no contract at the token&apos;s address. Nothing was signed. Have the administrator check the coin.</source>
        <translation>代币地址上没有合约，没有签署；请管理员检查此币种。</translation>
    </message>
    <message>
        <source>What was to be signed is not what was approved. Nothing was signed. Tell the administrator at once.</source>
        <translation>待签署的内容与已批准的不符，没有签署；请立即通知管理员。</translation>
    </message>
</context>
<context>
    <name>field</name>
    <message>
        <source>Accepted by an operator</source>
        <translation>已由操作员核实</translation>
    </message>
    <message>
        <source>Account number</source>
        <translation>账户编号</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Added by the hand of</source>
        <translation>新增者及其上级账号</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>After</source>
        <translation>变更后</translation>
    </message>
    <message>
        <source>Alarm</source>
        <translation>警报</translation>
    </message>
    <message>
        <source>Alert level of the hot wallet</source>
        <translation>提示头寸</translation>
    </message>
    <message>
        <source>Alert level, in base units</source>
        <translation>提示头寸（最小单位）</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Amount in base units</source>
        <translation>最小单位金额</translation>
    </message>
    <message>
        <source>Amount on chain</source>
        <translation>链上金额</translation>
    </message>
    <message>
        <source>Approvals</source>
        <translation>批准记录</translation>
    </message>
    <message>
        <source>Approvals needed</source>
        <translation>所需批准人数</translation>
    </message>
    <message>
        <source>Approved at</source>
        <translation>批准时间</translation>
    </message>
    <message>
        <source>Approved by</source>
        <translation>批准人</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>申请内容</translation>
    </message>
    <message>
        <source>Asked for by</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Asked the client about</source>
        <translation>已向客户查询的事项</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>分配时间</translation>
    </message>
    <message>
        <source>Attempt</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Balances</source>
        <translation>余额</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>变更前</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>区块</translation>
    </message>
    <message>
        <source>Block hash</source>
        <translation>区块哈希</translation>
    </message>
    <message>
        <source>Broadcast at</source>
        <translation>广播时间</translation>
    </message>
    <message>
        <source>Cause of failure</source>
        <translation>失败原因</translation>
    </message>
    <message>
        <source>Chain id</source>
        <translation>链编号</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>渠道</translation>
    </message>
    <message>
        <source>Check results</source>
        <translation>核对结果</translation>
    </message>
    <message>
        <source>Claimed amount</source>
        <translation>申报金额</translation>
    </message>
    <message>
        <source>Claimed, in base units</source>
        <translation>申报金额（最小单位）</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Client notified at</source>
        <translation>通知客户时间</translation>
    </message>
    <message>
        <source>Client notified by</source>
        <translation>通知客户的操作员</translation>
    </message>
    <message>
        <source>Client notified by way of</source>
        <translation>通知客户渠道</translation>
    </message>
    <message>
        <source>Client number</source>
        <translation>客户编号</translation>
    </message>
    <message>
        <source>Closed at</source>
        <translation>结束时间</translation>
    </message>
    <message>
        <source>Closed by</source>
        <translation>结束人</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>代码</translation>
    </message>
    <message>
        <source>Coin</source>
        <translation>币种</translation>
    </message>
    <message>
        <source>Coin number</source>
        <translation>币种编号</translation>
    </message>
    <message>
        <source>Coin of the micro-payment</source>
        <translation>小额支付币种</translation>
    </message>
    <message>
        <source>Confirmations</source>
        <translation>确认数</translation>
    </message>
    <message>
        <source>Confirmations by amount</source>
        <translation>按金额分级的确认数</translation>
    </message>
    <message>
        <source>Confirmations required</source>
        <translation>所需确认数</translation>
    </message>
    <message>
        <source>Confirmed at</source>
        <translation>确认时间</translation>
    </message>
    <message>
        <source>Confirmed by</source>
        <translation>确认人</translation>
    </message>
    <message>
        <source>Content agreed to</source>
        <translation>退币内容</translation>
    </message>
    <message>
        <source>Cooling-off of a new wallet (hours)</source>
        <translation>新钱包冷静期（小时）</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>建立时间</translation>
    </message>
    <message>
        <source>Created by</source>
        <translation>建立人</translation>
    </message>
    <message>
        <source>Credited amount</source>
        <translation>入账金额</translation>
    </message>
    <message>
        <source>Credited at</source>
        <translation>入账时间</translation>
    </message>
    <message>
        <source>Credited from block</source>
        <translation>可入账区块</translation>
    </message>
    <message>
        <source>Credited, in base units</source>
        <translation>入账金额（最小单位）</translation>
    </message>
    <message>
        <source>Current password</source>
        <translation>当前密码</translation>
    </message>
    <message>
        <source>Database that signs</source>
        <translation>签署所用数据库</translation>
    </message>
    <message>
        <source>Decided at</source>
        <translation>决定时间</translation>
    </message>
    <message>
        <source>Decided by</source>
        <translation>决定人</translation>
    </message>
    <message>
        <source>Decimals</source>
        <translation>小数位</translation>
    </message>
    <message>
        <source>Deleted at</source>
        <translation>删除时间</translation>
    </message>
    <message>
        <source>Deleted by</source>
        <translation>删除人</translation>
    </message>
    <message>
        <source>Deleted by the hand of</source>
        <translation>删除者及其上级账号</translation>
    </message>
    <message>
        <source>Deletion asked for at</source>
        <translation>申请删除时间</translation>
    </message>
    <message>
        <source>Deletion asked for by</source>
        <translation>申请删除者</translation>
    </message>
    <message>
        <source>Deletion asked for by the hand of</source>
        <translation>申请删除者及其上级账号</translation>
    </message>
    <message>
        <source>Deposits</source>
        <translation>入币</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Disabled at</source>
        <translation>停用时间</translation>
    </message>
    <message>
        <source>Disabled by</source>
        <translation>停用人</translation>
    </message>
    <message>
        <source>Done at</source>
        <translation>完成时间</translation>
    </message>
    <message>
        <source>Evidence</source>
        <translation>认证凭据</translation>
    </message>
    <message>
        <source>Exact amount</source>
        <translation>准确金额</translation>
    </message>
    <message>
        <source>Exact amount, in base units</source>
        <translation>准确金额（最小单位）</translation>
    </message>
    <message>
        <source>Executed at</source>
        <translation>执行时间</translation>
    </message>
    <message>
        <source>Executed by</source>
        <translation>执行人</translation>
    </message>
    <message>
        <source>Explained at</source>
        <translation>解释时间</translation>
    </message>
    <message>
        <source>Explained by</source>
        <translation>解释人</translation>
    </message>
    <message>
        <source>Explanation</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>Explorer link of a transaction</source>
        <translation>区块浏览器交易链接</translation>
    </message>
    <message>
        <source>Explorer link of an address</source>
        <translation>区块浏览器地址链接</translation>
    </message>
    <message>
        <source>External serial number</source>
        <translation>外部流水号</translation>
    </message>
    <message>
        <source>Fee cap per gas</source>
        <translation>每单位 gas 费用上限</translation>
    </message>
    <message>
        <source>Finality</source>
        <translation>终局规则</translation>
    </message>
    <message>
        <source>Fingerprint of the content</source>
        <translation>内容指纹</translation>
    </message>
    <message>
        <source>First seen on chain</source>
        <translation>首次上链时间</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>发现时间</translation>
    </message>
    <message>
        <source>From</source>
        <translation>转出方</translation>
    </message>
    <message>
        <source>From block</source>
        <translation>起始区块</translation>
    </message>
    <message>
        <source>Gas limit</source>
        <translation>Gas 上限</translation>
    </message>
    <message>
        <source>Hand</source>
        <translation>关联登录</translation>
    </message>
    <message>
        <source>Hand of who asked</source>
        <translation>申请人的关联登录</translation>
    </message>
    <message>
        <source>Hand of who decided</source>
        <translation>审批人的关联登录</translation>
    </message>
    <message>
        <source>Hot wallet</source>
        <translation>热钱包</translation>
    </message>
    <message>
        <source>How verified</source>
        <translation>认证方式</translation>
    </message>
    <message>
        <source>Identity verified</source>
        <translation>已核实身份</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入批次</translation>
    </message>
    <message>
        <source>Imported at</source>
        <translation>导入时间</translation>
    </message>
    <message>
        <source>Imported by</source>
        <translation>导入者</translation>
    </message>
    <message>
        <source>Imported by the hand of</source>
        <translation>导入者及其上级账号</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类型</translation>
    </message>
    <message>
        <source>Kind of object</source>
        <translation>对象类型</translation>
    </message>
    <message>
        <source>Known as</source>
        <translation>所属机构</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Last answer of the node</source>
        <translation>节点最后回应</translation>
    </message>
    <message>
        <source>Latest block</source>
        <translation>最新区块</translation>
    </message>
    <message>
        <source>Latest block seen</source>
        <translation>最新区块时间</translation>
    </message>
    <message>
        <source>Locked until</source>
        <translation>锁定至</translation>
    </message>
    <message>
        <source>Log index</source>
        <translation>日志序号</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登录名</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>方式</translation>
    </message>
    <message>
        <source>Minimum deposit</source>
        <translation>最低入币额</translation>
    </message>
    <message>
        <source>Minimum, in base units</source>
        <translation>最低入币额（最小单位）</translation>
    </message>
    <message>
        <source>Must change the password</source>
        <translation>须修改密码</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Name in English</source>
        <translation>英文名称</translation>
    </message>
    <message>
        <source>Name in simplified Chinese</source>
        <translation>简体中文名称</translation>
    </message>
    <message>
        <source>Name in traditional Chinese</source>
        <translation>繁体中文名称</translation>
    </message>
    <message>
        <source>Name shown</source>
        <translation>显示名称</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Network fee</source>
        <translation>网络费用</translation>
    </message>
    <message>
        <source>Network fee, in base units</source>
        <translation>网络费用（最小单位）</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新密码</translation>
    </message>
    <message>
        <source>Next nonce</source>
        <translation>下一个 nonce</translation>
    </message>
    <message>
        <source>Nodes that must agree</source>
        <translation>须一致的节点数</translation>
    </message>
    <message>
        <source>Nonce</source>
        <translation>Nonce</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>One-time password valid until</source>
        <translation>一次性密码有效至</translation>
    </message>
    <message>
        <source>Open for its own workstation until</source>
        <translation>原工作站可登录至</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>Paid out by a transaction that the desk did not know</source>
        <translation>已由本系统不知悉的交易付出</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Password issued at</source>
        <translation>密码发出时间</translation>
    </message>
    <message>
        <source>Password issued by</source>
        <translation>密码发出人</translation>
    </message>
    <message>
        <source>Password set outside the desk</source>
        <translation>密码在系统外被更改</translation>
    </message>
    <message>
        <source>Patience with an unknown TXID (seconds)</source>
        <translation>等候未知交易哈希的时间（秒）</translation>
    </message>
    <message>
        <source>Pay to</source>
        <translation>收款地址</translation>
    </message>
    <message>
        <source>Permission</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>RPC endpoints</source>
        <translation>RPC 节点</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Reason for the adjustment</source>
        <translation>调整原因</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>接收时间</translation>
    </message>
    <message>
        <source>Receives refunds from</source>
        <translation>可收取退币时间</translation>
    </message>
    <message>
        <source>Record number</source>
        <translation>记录编号</translation>
    </message>
    <message>
        <source>Refund number</source>
        <translation>退币编号</translation>
    </message>
    <message>
        <source>Refunds a day at most</source>
        <translation>每日退币上限</translation>
    </message>
    <message>
        <source>Refunds a day, in base units</source>
        <translation>每日退币上限（最小单位）</translation>
    </message>
    <message>
        <source>Remark</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Remark on closing</source>
        <translation>结束备注</translation>
    </message>
    <message>
        <source>Remark on deciding</source>
        <translation>审批备注</translation>
    </message>
    <message>
        <source>Remark on deletion</source>
        <translation>删除备注</translation>
    </message>
    <message>
        <source>Request number</source>
        <translation>申请编号</translation>
    </message>
    <message>
        <source>Requested</source>
        <translation>申请时间</translation>
    </message>
    <message>
        <source>Requested by</source>
        <translation>申请人</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>数据行</translation>
    </message>
    <message>
        <source>Seal</source>
        <translation>封存哈希</translation>
    </message>
    <message>
        <source>Sealed</source>
        <translation>封存时间</translation>
    </message>
    <message>
        <source>Securities account</source>
        <translation>证券账号</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>Shared with client</source>
        <translation>与客户共用</translation>
    </message>
    <message>
        <source>Sharing</source>
        <translation>共用</translation>
    </message>
    <message>
        <source>Sharing agreed to at</source>
        <translation>同意共用时间</translation>
    </message>
    <message>
        <source>Sharing agreed to by</source>
        <translation>同意共用者</translation>
    </message>
    <message>
        <source>Sharing agreed to by the hand of</source>
        <translation>同意共用者及其上级账号</translation>
    </message>
    <message>
        <source>Sharing allowed</source>
        <translation>允许共用</translation>
    </message>
    <message>
        <source>Sharing asked for at</source>
        <translation>申请共用时间</translation>
    </message>
    <message>
        <source>Sharing asked for by</source>
        <translation>申请共用者</translation>
    </message>
    <message>
        <source>Sharing asked for by the hand of</source>
        <translation>申请共用者及其上级账号</translation>
    </message>
    <message>
        <source>Shortfall tolerated (%)</source>
        <translation>可接受差额（%）</translation>
    </message>
    <message>
        <source>Signature</source>
        <translation>签名</translation>
    </message>
    <message>
        <source>Signed at</source>
        <translation>签署时间</translation>
    </message>
    <message>
        <source>Source address</source>
        <translation>来源地址</translation>
    </message>
    <message>
        <source>Source on chain</source>
        <translation>链上来源地址</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Stop level of the hot wallet</source>
        <translation>拦截头寸</translation>
    </message>
    <message>
        <source>Stop level, in base units</source>
        <translation>拦截头寸（最小单位）</translation>
    </message>
    <message>
        <source>Stopped because</source>
        <translation>停止原因</translation>
    </message>
    <message>
        <source>TXID</source>
        <translation>交易哈希</translation>
    </message>
    <message>
        <source>TXID of the micro-payment</source>
        <translation>小额支付交易哈希</translation>
    </message>
    <message>
        <source>Target address</source>
        <translation>目标地址</translation>
    </message>
    <message>
        <source>Text to sign</source>
        <translation>待签名文字</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Tip per gas</source>
        <translation>每单位 gas 小费</translation>
    </message>
    <message>
        <source>To</source>
        <translation>转入方</translation>
    </message>
    <message>
        <source>To be shared with client</source>
        <translation>拟与客户共用</translation>
    </message>
    <message>
        <source>To block</source>
        <translation>结束区块</translation>
    </message>
    <message>
        <source>Token contract</source>
        <translation>代币合约</translation>
    </message>
    <message>
        <source>Told the client</source>
        <translation>通知内容</translation>
    </message>
    <message>
        <source>Transfer number</source>
        <translation>转账编号</translation>
    </message>
    <message>
        <source>Transfer proposed</source>
        <translation>建议匹配的转账</translation>
    </message>
    <message>
        <source>Two approvals above</source>
        <translation>超过此额须两人批准</translation>
    </message>
    <message>
        <source>Two approvals above, in base units</source>
        <translation>两人批准限额（最小单位）</translation>
    </message>
    <message>
        <source>Unlocked at</source>
        <translation>解锁时间</translation>
    </message>
    <message>
        <source>Updated</source>
        <translation>更新时间</translation>
    </message>
    <message>
        <source>Updated by</source>
        <translation>更新人</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>有效至</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Verification begun by</source>
        <translation>开始认证者</translation>
    </message>
    <message>
        <source>Verification begun by the hand of</source>
        <translation>开始认证者及其上级账号</translation>
    </message>
    <message>
        <source>Verified at</source>
        <translation>认证时间</translation>
    </message>
    <message>
        <source>Verified by</source>
        <translation>认证人</translation>
    </message>
    <message>
        <source>Verified for client</source>
        <translation>已认证给客户</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Wallet added by</source>
        <translation>钱包新增者</translation>
    </message>
    <message>
        <source>Wallet number</source>
        <translation>钱包编号</translation>
    </message>
    <message>
        <source>Wallet status</source>
        <translation>钱包状态</translation>
    </message>
    <message>
        <source>Wallet verification</source>
        <translation>钱包认证规则</translation>
    </message>
    <message>
        <source>Wallet verified at</source>
        <translation>钱包认证时间</translation>
    </message>
    <message>
        <source>Who may have known the one before</source>
        <translation>可能知悉前一密码的人</translation>
    </message>
    <message>
        <source>Who may have known the password</source>
        <translation>可能知悉密码的人</translation>
    </message>
    <message>
        <source>Why it is to be deleted</source>
        <translation>申请删除原因</translation>
    </message>
    <message>
        <source>Why it is to be shared</source>
        <translation>申请共用原因</translation>
    </message>
    <message>
        <source>Workers that must report</source>
        <translation>须汇报的工作程序数</translation>
    </message>
    <message>
        <source>Workstation</source>
        <translation>工作站</translation>
    </message>
    <message>
        <source>Workstation of the failed logins</source>
        <translation>登录失败的工作站</translation>
    </message>
</context>
<context>
    <name>finality</name>
    <message>
        <source>Number of confirmations</source>
        <translation>确认数</translation>
    </message>
    <message>
        <source>The network&apos;s finalized tag</source>
        <translation>网络的 finalized 标记</translation>
    </message>
</context>
<context>
    <name>format</name>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>about {duration} to go</source>
        <translation>尚需约 {duration}</translation>
    </message>
    <message>
        <source>complete</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>{duration} ago</source>
        <translation>{duration}前</translation>
    </message>
    <message>
        <source>{hours} {minutes}</source>
        <translation>{hours} {minutes}</translation>
    </message>
</context>
<context>
    <name>level</name>
    <message>
        <source>Low: top up</source>
        <translation>偏低，请补充</translation>
    </message>
    <message>
        <source>Stopped: too low to pay</source>
        <translation>已拦截：不足以付款</translation>
    </message>
</context>
<context>
    <name>log_reading</name>
    <message>
        <source>Server&apos;s log: not read since {time}</source>
        <translation>服务器日志：自 {time} 起未读取</translation>
    </message>
    <message>
        <source>Server&apos;s log: read {ago}, {size} still unread</source>
        <translation>服务器日志：{ago}读取，尚余 {size} 未读</translation>
    </message>
    <message>
        <source>The server keeps no log that can be read</source>
        <translation>服务器没有可读取的日志</translation>
    </message>
    <message>
        <source>The server keeps no log that can be read: wrong passwords are not counted and refused attempts do not reach the audit log. Everything else works. Set log_destination = jsonlog on the server.</source>
        <translation>服务器没有可读取的日志：输错密码不会计算次数，被拒的操作也不会记入操作日志。其他功能照常。请在服务器设置 log_destination = jsonlog。</translation>
    </message>
    <message>
        <source>The server&apos;s log has not been read since {time}: wrong passwords are not counted and refused attempts do not reach the audit log meanwhile. Everything else works. See whether the worker runs.</source>
        <translation>服务器日志自 {time} 起未被读取：其间输错密码不会计算次数，被拒的操作也不会记入操作日志。其他功能照常。请检查链上程序是否运行。</translation>
    </message>
    <message>
        <source>{size} of the server&apos;s log are not read yet, behind since {time}: wrong passwords are counted and refused attempts reach the audit log late. Everything else works. Somebody may be flooding it: see in the audit log who is refused.</source>
        <translation>服务器日志尚有 {size} 未读，自 {time} 起落后：输错密码的次数及被拒的操作会延迟记录。其他功能照常。可能有人大量触发日志，请在操作日志查看被拒者。</translation>
    </message>
</context>
<context>
    <name>menu</name>
    <message>
        <source>Audit Log</source>
        <translation>操作日志</translation>
    </message>
    <message>
        <source>Balance Differences</source>
        <translation>余额差异</translation>
    </message>
    <message>
        <source>Business Parameters</source>
        <translation>业务参数设置</translation>
    </message>
    <message>
        <source>Channel Custodial Account</source>
        <translation>渠道存管账户</translation>
    </message>
    <message>
        <source>Client Wallet Address</source>
        <translation>客户钱包地址</translation>
    </message>
    <message>
        <source>Coin Deposit Records</source>
        <translation>入币记录</translation>
    </message>
    <message>
        <source>Cryptocurrency</source>
        <translation>加密货币</translation>
    </message>
    <message>
        <source>Deposit</source>
        <translation>入币</translation>
    </message>
    <message>
        <source>Deposit &amp; Withdrawal</source>
        <translation>出入币</translation>
    </message>
    <message>
        <source>Deposit Application</source>
        <translation>入币申请</translation>
    </message>
    <message>
        <source>Funds</source>
        <translation>资金参数</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Operators &amp; Permissions</source>
        <translation>操作员与权限</translation>
    </message>
    <message>
        <source>Permission Requests</source>
        <translation>授权申请</translation>
    </message>
    <message>
        <source>Refunds</source>
        <translation>退币</translation>
    </message>
    <message>
        <source>Rules of the Desk</source>
        <translation>业务规则</translation>
    </message>
    <message>
        <source>System</source>
        <translation>系统管理</translation>
    </message>
    <message>
        <source>Transfers Without Request</source>
        <translation>未匹配转账</translation>
    </message>
    <message>
        <source>VA Clearing Management</source>
        <translation>虚拟资产管理</translation>
    </message>
</context>
<context>
    <name>method</name>
    <message>
        <source>Message signature</source>
        <translation>签名验证</translation>
    </message>
    <message>
        <source>Micro-payment</source>
        <translation>小额支付验证</translation>
    </message>
</context>
<context>
    <name>network</name>
    <message>
        <source>Alarm: {alarm}</source>
        <translation>警报：{alarm}</translation>
    </message>
    <message>
        <source>Chain worker {worker} leads</source>
        <translation>链上程序 {worker} 运行中</translation>
    </message>
    <message>
        <source>Latest block {head}, seen {age} ago</source>
        <translation>最新区块 {head}，{age}前</translation>
    </message>
    <message>
        <source>No block of this network was ever seen</source>
        <translation>从未见过此网络的区块</translation>
    </message>
    <message>
        <source>No block of {network} was ever seen. Nothing on it is confirmed, credited or refunded until its first block comes; other networks, searching and revoking work.</source>
        <translation>从未见过 {network} 的区块。首个区块出现前，该网络不会确认、入账或退币；其他网络、查询及撤销照常运作。</translation>
    </message>
    <message>
        <source>No chain worker is running for {network}. Deposits are still received; confirmations, credits and refunds go on when one runs again.</source>
        <translation>{network} 目前没有链上程序在运行。仍可接收入币申请；确认、入账及退币会在程序恢复后继续。</translation>
    </message>
    <message>
        <source>No chain worker leads</source>
        <translation>没有链上程序在运行</translation>
    </message>
    <message>
        <source>No node of {network} answers since {since}. On {network} confirmations, credits, micro-payment proofs and the sending of refunds wait, and go on by themselves. Receiving, searching, revoking, requesting, approving and other networks work; a refund executed now is sent later.</source>
        <translation>{network} 的节点自 {since} 起全无响应。{network} 的区块确认、入账、小额支付验证及退币发送均须等待，恢复后自动继续。接收申请、查询、撤销、申请退币、批准退币及其他网络照常运作；现在执行的退币会稍后发送。</translation>
    </message>
    <message>
        <source>Refunds on {network} are not sent since {since}; it is tried again every few seconds. Deposits, confirmations and credits work. Tell the administrator if it lasts.</source>
        <translation>{network} 的退币自 {since} 起未能发送，系统每隔数秒会再尝试。入币、区块确认及入账照常运作。如持续出现，请通知管理员。</translation>
    </message>
    <message>
        <source>The chain worker reports a fault on {network} since {since}, and tries again: confirmations, credits and refunds on {network} may wait. Searching, revoking and approving work. Tell the administrator if it lasts.</source>
        <translation>链上程序自 {since} 起在 {network} 出现故障，正在重试：{network} 的区块确认、入账及退币可能须等待。查询、撤销及批准照常运作。如持续出现，请通知管理员。</translation>
    </message>
    <message>
        <source>no node answers</source>
        <translation>节点全无响应</translation>
    </message>
    <message>
        <source>refunds are not sent</source>
        <translation>退币未能发送</translation>
    </message>
    <message>
        <source>the chain worker reports a fault</source>
        <translation>链上程序故障</translation>
    </message>
    <message>
        <source>too few nodes answer</source>
        <translation>响应的节点不足</translation>
    </message>
    <message>
        <source>{network} has brought no new block for {age}. Confirmations, credits and refunds on it wait, and go on by themselves when blocks come again; other networks, searching, revoking and approving work.</source>
        <translation>{network} 已有 {age}没有新区块。该网络的区块确认、入账及退币须等待，新区块出现后自动继续；其他网络、查询、撤销及批准照常运作。</translation>
    </message>
    <message>
        <source>{network} is halted. {alarm} On it nothing is confirmed or credited, and no refund is executed or settled, until the administrator has found out why. Receiving, searching, revoking, requesting, approving and other networks work.</source>
        <translation>{network} 已暂停。{alarm}管理员查明原因前，该网络不会确认、入账，也不会执行或完结退币。接收入币申请、查询、撤销、申请退币、批准及其他网络照常运作。</translation>
    </message>
    <message>
        <source>{network} {head} · {age}</source>
        <translation>{network} {head} · {age}</translation>
    </message>
    <message>
        <source>{network}: never seen</source>
        <translation>{network}：从未见过</translation>
    </message>
    <message>
        <source>{network}: {trouble}</source>
        <translation>{network}：{trouble}</translation>
    </message>
    <message>
        <source>{usable} of {nodes} nodes answer, {needed} needed</source>
        <translation>{nodes} 个节点中 {usable} 个有响应，需要 {needed} 个</translation>
    </message>
    <message>
        <source>{usable} of {nodes} nodes of {network} answer since {since}; {needed} have to agree. Blocks are followed, but credits on {network} and the settling of its refunds wait. Everything else works.</source>
        <translation>{network} 自 {since} 起 {nodes} 个节点中只有 {usable} 个有响应，须有 {needed} 个一致。区块照常跟进，但 {network} 的入账及退币完结须等待；其他功能照常运作。</translation>
    </message>
</context>
<context>
    <name>note</name>
    <message>
        <source>A custodial account that is assigned to nobody</source>
        <translation>尚未分配予任何客户的存管账户</translation>
    </message>
    <message>
        <source>A transfer of nothing, as fraudsters send</source>
        <translation>零金额转账，骗徒常用手法</translation>
    </message>
    <message>
        <source>A wallet of another client</source>
        <translation>另一客户的钱包</translation>
    </message>
    <message>
        <source>Accepted by an operator</source>
        <translation>已由操作员核实</translation>
    </message>
    <message>
        <source>Another custodial account of the same client</source>
        <translation>同一客户的另一存管账户</translation>
    </message>
    <message>
        <source>Another wallet of the same client</source>
        <translation>同一客户的另一钱包</translation>
    </message>
    <message>
        <source>Found by its account, without a TXID</source>
        <translation>无交易哈希，按收款账户找到</translation>
    </message>
    <message>
        <source>Its block was replaced by a reorganisation</source>
        <translation>所在区块已因链重组被取代</translation>
    </message>
    <message>
        <source>Less than claimed; what arrived is credited</source>
        <translation>少于申报金额，按实收金额入账</translation>
    </message>
    <message>
        <source>More than claimed</source>
        <translation>多于申报金额</translation>
    </message>
    <message>
        <source>Nobody has added this wallet yet</source>
        <translation>此钱包尚未新增</translation>
    </message>
    <message>
        <source>Sent, but not in a block yet</source>
        <translation>已发出，尚未上链</translation>
    </message>
    <message>
        <source>Several transfers could be meant; the TXID decides</source>
        <translation>有多笔转账可能相符，须以交易哈希确定</translation>
    </message>
    <message>
        <source>This wallet was deleted</source>
        <translation>此钱包已删除</translation>
    </message>
    <message>
        <source>Verified before this request; the coin wants it verified for every deposit</source>
        <translation>认证早于本次申请；此币种每次入币均须认证</translation>
    </message>
</context>
<context>
    <name>object_kind</name>
    <message>
        <source>Alarm</source>
        <translation>警报</translation>
    </message>
    <message>
        <source>Approval of a refund</source>
        <translation>退币批准</translation>
    </message>
    <message>
        <source>Block</source>
        <translation>区块</translation>
    </message>
    <message>
        <source>Chain id</source>
        <translation>链编号</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户</translation>
    </message>
    <message>
        <source>Cryptocurrency</source>
        <translation>加密货币</translation>
    </message>
    <message>
        <source>Custodial account</source>
        <translation>存管账户</translation>
    </message>
    <message>
        <source>Deposit application</source>
        <translation>入币申请</translation>
    </message>
    <message>
        <source>Deposit record</source>
        <translation>入币记录</translation>
    </message>
    <message>
        <source>Difference of a balance</source>
        <translation>余额差异</translation>
    </message>
    <message>
        <source>Function</source>
        <translation>功能</translation>
    </message>
    <message>
        <source>Hot wallet</source>
        <translation>热钱包</translation>
    </message>
    <message>
        <source>Import of custodial accounts</source>
        <translation>存管账户导入批次</translation>
    </message>
    <message>
        <source>Known address</source>
        <translation>已知地址</translation>
    </message>
    <message>
        <source>Login</source>
        <translation>登录名</translation>
    </message>
    <message>
        <source>Login session</source>
        <translation>登录会话</translation>
    </message>
    <message>
        <source>Micro-payment</source>
        <translation>小额支付验证</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Operator</source>
        <translation>操作员</translation>
    </message>
    <message>
        <source>Permission</source>
        <translation>权限</translation>
    </message>
    <message>
        <source>Permission request</source>
        <translation>授权申请</translation>
    </message>
    <message>
        <source>Refund</source>
        <translation>退币</translation>
    </message>
    <message>
        <source>Refund transaction</source>
        <translation>退币交易</translation>
    </message>
    <message>
        <source>Rule of the desk</source>
        <translation>系统规则</translation>
    </message>
    <message>
        <source>Token contract</source>
        <translation>代币合约</translation>
    </message>
    <message>
        <source>Transaction of the hot wallet</source>
        <translation>热钱包交易</translation>
    </message>
    <message>
        <source>Transfer on chain</source>
        <translation>链上转账</translation>
    </message>
    <message>
        <source>Wallet address</source>
        <translation>钱包地址</translation>
    </message>
</context>
<context>
    <name>on_chain</name>
    <message>
        <source>On chain, wallet not verified</source>
        <translation>已上链，钱包未认证</translation>
    </message>
    <message>
        <source>The transfer is on chain and waits for nothing but the wallet to be verified.</source>
        <translation>转账已上链，只待钱包完成认证。</translation>
    </message>
    <message>
        <source>Verify the wallet with the client and the record goes on by itself. It can no longer be revoked; deleting the application puts the coins among the transfers without a request.</source>
        <translation>请与客户完成钱包认证，记录会自动继续。此记录已不能撤销；如删除申请，该笔款项会列入“未匹配转账”。</translation>
    </message>
</context>
<context>
    <name>operation</name>
    <message>
        <source>Something unexpected happened and nothing was confirmed as done. Look at the record again before you repeat it. If it persists, tell the administrator error number {number}.</source>
        <translation>发生意外错误，未能确认操作是否完成。请先重新查看记录再决定是否重试；如持续出现，请把错误编号 {number} 告知管理员。</translation>
    </message>
</context>
<context>
    <name>operator</name>
    <message>
        <source>Active</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>Disabled</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>One-time password</source>
        <translation>一次性密码</translation>
    </message>
    <message>
        <source>Password to be confirmed</source>
        <translation>密码待确认</translation>
    </message>
    <message>
        <source>Waits for agreement</source>
        <translation>待批准</translation>
    </message>
</context>
<context>
    <name>operator_status</name>
    <message>
        <source>Disabled</source>
        <translation>已停用</translation>
    </message>
    <message>
        <source>Enabled</source>
        <translation>已启用</translation>
    </message>
</context>
<context>
    <name>permission</name>
    <message>
        <source>Audit log</source>
        <translation>操作日志</translation>
    </message>
    <message>
        <source>Channel custodial account: operate</source>
        <translation>渠道存管账户：操作</translation>
    </message>
    <message>
        <source>Channel custodial account: query</source>
        <translation>渠道存管账户：查询</translation>
    </message>
    <message>
        <source>Client wallet address: operate</source>
        <translation>客户钱包地址：操作</translation>
    </message>
    <message>
        <source>Client wallet address: query</source>
        <translation>客户钱包地址：查询</translation>
    </message>
    <message>
        <source>Coin deposit records: operate</source>
        <translation>入币记录：操作</translation>
    </message>
    <message>
        <source>Coin deposit records: query</source>
        <translation>入币记录：查询</translation>
    </message>
    <message>
        <source>Cryptocurrency and network: operate</source>
        <translation>加密货币及网络：操作</translation>
    </message>
    <message>
        <source>Cryptocurrency and network: query</source>
        <translation>加密货币及网络：查询</translation>
    </message>
    <message>
        <source>Deposit application: operate</source>
        <translation>入币申请：操作</translation>
    </message>
    <message>
        <source>Deposit application: query</source>
        <translation>入币申请：查询</translation>
    </message>
    <message>
        <source>Operators and permissions</source>
        <translation>操作员与权限</translation>
    </message>
    <message>
        <source>Refund: approve</source>
        <translation>退币：批准</translation>
    </message>
    <message>
        <source>Refund: request and execute</source>
        <translation>退币：申请及执行</translation>
    </message>
</context>
<context>
    <name>permission_allows</name>
    <message>
        <source>Add and edit cryptocurrencies and networks</source>
        <translation>新增及修改加密货币与网络</translation>
    </message>
    <message>
        <source>Add, verify and delete client wallet addresses</source>
        <translation>新增、认证及删除客户钱包地址</translation>
    </message>
    <message>
        <source>Approve a refund that another operator requested</source>
        <translation>批准由其他操作员申请的退币</translation>
    </message>
    <message>
        <source>Create and disable operators, grant permissions; never moves money alone</source>
        <translation>新增及停用操作员、授予权限；不能单独动用资金</translation>
    </message>
    <message>
        <source>Delete deposit applications</source>
        <translation>删除入币申请</translation>
    </message>
    <message>
        <source>Import custodial accounts and delete unassigned ones</source>
        <translation>导入存管账户及删除未分配的账户</translation>
    </message>
    <message>
        <source>Read and verify the audit log</source>
        <translation>查阅及核验操作日志</translation>
    </message>
    <message>
        <source>Request and execute refunds</source>
        <translation>申请及执行退币</translation>
    </message>
    <message>
        <source>Revoke, check again and accept deposit records</source>
        <translation>撤销、重新核对及核实入币记录</translation>
    </message>
    <message>
        <source>See client wallet addresses</source>
        <translation>查阅客户钱包地址</translation>
    </message>
    <message>
        <source>See cryptocurrencies and networks</source>
        <translation>查阅加密货币及网络</translation>
    </message>
    <message>
        <source>See custodial accounts</source>
        <translation>查阅存管账户</translation>
    </message>
    <message>
        <source>See deposit applications</source>
        <translation>查阅入币申请</translation>
    </message>
    <message>
        <source>See deposit records and refunds</source>
        <translation>查阅入币记录及退币</translation>
    </message>
</context>
<context>
    <name>policy</name>
    <message>
        <source>Failed logins before the account is locked</source>
        <translation>登录失败多少次后锁定账号</translation>
    </message>
    <message>
        <source>Hours a one-time password is valid</source>
        <translation>一次性密码有效时数</translation>
    </message>
    <message>
        <source>Hours a wallet verification stays open</source>
        <translation>钱包认证有效时数</translation>
    </message>
    <message>
        <source>Hours before a wallet added by the desk receives refunds</source>
        <translation>操作员新增的钱包可收取退币前须等候的时数</translation>
    </message>
    <message>
        <source>Hours between request and transfer at most</source>
        <translation>申请与转账最多相隔的小时数</translation>
    </message>
    <message>
        <source>Hours in which a password that was issued anew still counts as the earlier administrator&apos;s</source>
        <translation>重发密码后，仍视为由前一位管理员发出的时数</translation>
    </message>
    <message>
        <source>Lock the screen after idle minutes</source>
        <translation>闲置多少分钟后锁定屏幕</translation>
    </message>
    <message>
        <source>Longest session in hours</source>
        <translation>最长登录时数</translation>
    </message>
    <message>
        <source>Minutes an account stays locked</source>
        <translation>账号锁定分钟数</translation>
    </message>
    <message>
        <source>Refunds need a second person&apos;s approval</source>
        <translation>退币须由第二人批准</translation>
    </message>
</context>
<context>
    <name>policy_explained</name>
    <message>
        <source>A password made by an administrator has to be replaced within so many hours.</source>
        <translation>由管理员生成的密码须在此时数内更换。</translation>
    </message>
    <message>
        <source>A transfer that came longer before or after its request than this makes the record abnormal, until an operator accepts it. 0 allows any time.</source>
        <translation>转账与申请相隔超过此小时数时，记录列为异常，待操作员核实入账。0 表示不限时间。</translation>
    </message>
    <message>
        <source>A wallet that an operator added, and not the client&apos;s own application, receives no refund for so many hours after it was verified. Deposits from it are credited at once. 0 switches this off.</source>
        <translation>由操作员新增（而非来自客户申请）的钱包，认证后须经过此时数，方可收取退币。由该钱包入币则即时入账。0 表示不设等候。</translation>
    </message>
    <message>
        <source>After so many hours everybody logs in anew, however busy they are.</source>
        <translation>登录满此时数后，所有人都须重新登录，操作中亦然。</translation>
    </message>
    <message>
        <source>After so many minutes without a key or click the screen locks and asks for the password. Work underneath is kept.</source>
        <translation>闲置满此分钟数后锁定屏幕，输入密码才可解锁；未完成的工作会保留。</translation>
    </message>
    <message>
        <source>How long a locked account waits until it can try again.</source>
        <translation>账号被锁定后，须等候此时间才可再试。</translation>
    </message>
    <message>
        <source>Logins whose passwords lead back to one administrator count as one person. When another administrator issues a password, its owner has so many hours to notice before the login counts as that administrator&apos;s.</source>
        <translation>密码源自同一位管理员的登录视为同一人。另一位管理员重发密码后，须经过此时数让本人察觉，该登录才视为源自后者。</translation>
    </message>
    <message>
        <source>So many wrong passwords in a row lock the account for a while.</source>
        <translation>连续输错密码达此次数，账号会暂时锁定。</translation>
    </message>
    <message>
        <source>The client&apos;s payment or signature has to arrive within so many hours.</source>
        <translation>客户的付款或签名须在此时数内到达。</translation>
    </message>
    <message>
        <source>When on, nobody can refund alone: another operator has to approve before money leaves.</source>
        <translation>开启后无人可单独退币：资金转出前须由另一位操作员批准。</translation>
    </message>
</context>
<context>
    <name>reason</name>
    <message>
        <source>Amount differs</source>
        <translation>金额不符</translation>
    </message>
    <message>
        <source>Another client&apos;s account</source>
        <translation>属另一客户的账户</translation>
    </message>
    <message>
        <source>Arrived late</source>
        <translation>逾时到达</translation>
    </message>
    <message>
        <source>Below minimum</source>
        <translation>低于最低额</translation>
    </message>
    <message>
        <source>Invalid address</source>
        <translation>地址无效</translation>
    </message>
    <message>
        <source>No transfer inside</source>
        <translation>未含转账</translation>
    </message>
    <message>
        <source>Nodes disagree</source>
        <translation>节点结果不一致</translation>
    </message>
    <message>
        <source>Not our address</source>
        <translation>非本公司地址</translation>
    </message>
    <message>
        <source>Paid in parts</source>
        <translation>分笔支付</translation>
    </message>
    <message>
        <source>Reverted by reorganisation</source>
        <translation>因链重组撤回</translation>
    </message>
    <message>
        <source>Sender not verified</source>
        <translation>转出地址未认证</translation>
    </message>
    <message>
        <source>TXID already used</source>
        <translation>交易哈希已被使用</translation>
    </message>
    <message>
        <source>TXID not found</source>
        <translation>找不到交易哈希</translation>
    </message>
    <message>
        <source>Transaction failed</source>
        <translation>交易失败</translation>
    </message>
    <message>
        <source>Transfer not seen yet</source>
        <translation>尚未见到转账</translation>
    </message>
    <message>
        <source>Wallet not verified</source>
        <translation>钱包未认证</translation>
    </message>
    <message>
        <source>Wrong network</source>
        <translation>网络错误</translation>
    </message>
    <message>
        <source>Wrong token contract</source>
        <translation>代币合约错误</translation>
    </message>
</context>
<context>
    <name>reason_next</name>
    <message>
        <source>Accept the transfer that belongs here, with a remark, and ask the client for one application a transfer.</source>
        <translation>核实属于本记录的一笔转账并写下备注，再请客户为每笔转账分别提交申请。</translation>
    </message>
    <message>
        <source>Accept with a remark if your supervisor agrees; otherwise tell the client the minimum.</source>
        <translation>如主管同意，写下备注后核实入账；否则请通知客户最低入币额。</translation>
    </message>
    <message>
        <source>Ask the client for the TXID of the transfer itself, then check again or delete.</source>
        <translation>请向客户索取该笔转账本身的交易哈希，然后重新核对或删除。</translation>
    </message>
    <message>
        <source>Ask the client to copy the TXID from their wallet again and to name the network; then check again, or delete.</source>
        <translation>请客户从钱包重新复制交易哈希并说明所用网络，然后重新核对或删除。</translation>
    </message>
    <message>
        <source>Ask the client why it took so long, then accept with a remark or delete.</source>
        <translation>先向客户了解延误原因，再写下备注核实入账，或删除申请。</translation>
    </message>
    <message>
        <source>Check again in some minutes. If it stays, tell the administrator which network it is.</source>
        <translation>数分钟后重新核对；如仍不一致，请把网络名称告知管理员。</translation>
    </message>
    <message>
        <source>Check again once the network is calm. If the client was credited, tell your supervisor now.</source>
        <translation>待网络稳定后重新核对；如已为客户入账，请立即通知主管。</translation>
    </message>
    <message>
        <source>Compare both amounts with the client. Accept what arrived, with a remark, or delete the application.</source>
        <translation>与客户核对两个金额；按实收金额核实入账并写下备注，或删除申请。</translation>
    </message>
    <message>
        <source>Delete the application and ask the client to submit it again with the right address.</source>
        <translation>删除申请，并请客户以正确地址重新提交。</translation>
    </message>
    <message>
        <source>Do not credit. Find out with both clients whose coins they are and tell your supervisor.</source>
        <translation>请勿入账。向两位客户查明款项谁属，并通知主管。</translation>
    </message>
    <message>
        <source>Do not credit. Show the client the contract on chain and the listed one, then delete.</source>
        <translation>请勿入账。向客户展示链上合约与上架合约的分别，然后删除。</translation>
    </message>
    <message>
        <source>Open the other record with this TXID. Delete this application if it repeats that one.</source>
        <translation>请打开使用此交易哈希的另一记录；如本申请属重复，请删除。</translation>
    </message>
    <message>
        <source>Tell the client which network the coins are on. Delete this application; a new one must name that network.</source>
        <translation>告知客户币在哪个网络，并删除本申请；新申请须填写该网络。</translation>
    </message>
    <message>
        <source>The coins are still in the client&apos;s wallet. Ask them to send again, then delete this one.</source>
        <translation>币仍在客户钱包。请客户重新转账，然后删除本申请。</translation>
    </message>
    <message>
        <source>Verify the sending address with the client under Client Wallet Address, then check again.</source>
        <translation>请在“客户钱包地址”与客户认证转出地址，然后重新核对。</translation>
    </message>
    <message>
        <source>Verify the wallet with the client under Client Wallet Address; the record goes on by itself.</source>
        <translation>请在“客户钱包地址”与客户完成认证，记录会自动继续。</translation>
    </message>
    <message>
        <source>Wait, or ask the client for the TXID. Revoke when the client says nothing was sent.</source>
        <translation>请等候，或向客户索取交易哈希；如客户表示未有转出，可撤销。</translation>
    </message>
    <message>
        <source>We cannot reach those coins. Show the client the target on chain beside our account, then delete.</source>
        <translation>这些币不在本公司掌握之内。向客户展示链上目标地址与本公司账户的分别，然后删除。</translation>
    </message>
</context>
<context>
    <name>reason_sentence</name>
    <message>
        <source>No matching transfer has been seen on chain yet.</source>
        <translation>链上尚未见到相符的转账。</translation>
    </message>
    <message>
        <source>Our nodes give different answers about this transfer, so it is not credited.</source>
        <translation>各节点对此转账的回应不一致，因此不予入账。</translation>
    </message>
    <message>
        <source>The amount on chain differs from the claim by more than the coin&apos;s tolerance.</source>
        <translation>链上金额与申报金额的差距超出此币种可接受的范围。</translation>
    </message>
    <message>
        <source>The amount on chain is below the minimum deposit of the coin.</source>
        <translation>链上金额低于此币种的最低入币额。</translation>
    </message>
    <message>
        <source>The client paid in several transfers; no single one makes up the claim.</source>
        <translation>客户分笔转账，没有一笔与申报金额相符。</translation>
    </message>
    <message>
        <source>The coins came from an address that is not verified for this client.</source>
        <translation>转出地址并非此客户已认证的地址。</translation>
    </message>
    <message>
        <source>The network does not know the TXID the client gave.</source>
        <translation>网络上找不到客户提供的交易哈希。</translation>
    </message>
    <message>
        <source>The network replaced the block that held the transfer; the coins are not there any more.</source>
        <translation>转账所在的区块已被网络取代，该笔款项已不存在。</translation>
    </message>
    <message>
        <source>The same transfer already serves another record.</source>
        <translation>同一笔转账已用于另一记录。</translation>
    </message>
    <message>
        <source>The source address in the application is not a valid address.</source>
        <translation>申请内的来源地址并非有效地址。</translation>
    </message>
    <message>
        <source>The token that was sent is not the listed one, though its name may be the same.</source>
        <translation>转入的代币并非上架代币，虽然名称可能相同。</translation>
    </message>
    <message>
        <source>The transaction exists, but on another network than the application names.</source>
        <translation>交易存在，但所在网络与申请不同。</translation>
    </message>
    <message>
        <source>The transaction failed on chain; no coin moved.</source>
        <translation>交易在链上失败，币未有转移。</translation>
    </message>
    <message>
        <source>The transaction succeeded, but it holds no transfer of this coin.</source>
        <translation>交易成功，但当中没有此币种的转账。</translation>
    </message>
    <message>
        <source>The transfer arrived after the time that the application allowed for.</source>
        <translation>转账到达时已超过申请容许的时限。</translation>
    </message>
    <message>
        <source>The transfer went to an address that is not a custodial account of ours.</source>
        <translation>转账的收款地址并非本公司的存管账户。</translation>
    </message>
    <message>
        <source>The transfer went to the custodial account of another client.</source>
        <translation>转账转入了另一客户的存管账户。</translation>
    </message>
    <message>
        <source>The wallet the client sends from is not verified yet.</source>
        <translation>客户的来源钱包尚未认证。</translation>
    </message>
</context>
<context>
    <name>receiver</name>
    <message>
        <source>Contract</source>
        <translation>合约地址</translation>
    </message>
    <message>
        <source>Operator {login}, {time}</source>
        <translation>操作员 {login}，{time}</translation>
    </message>
    <message>
        <source>Plain wallet</source>
        <translation>一般钱包</translation>
    </message>
    <message>
        <source>The client&apos;s side ({login}), {time}</source>
        <translation>客户端（{login}），{time}</translation>
    </message>
    <message>
        <source>This address belongs to {name} and serves many of its customers. Coins that are sent back there may never reach the client.</source>
        <translation>此地址属 {name}，由其众多用户共用；退回该处的资金，客户可能永远收不到。</translation>
    </message>
    <message>
        <source>This address is a contract, not a plain wallet. Not every contract can take coins back or hand them on: they may be lost.</source>
        <translation>此地址是合约，并非一般钱包。不是所有合约都能收回或转出资金，资金可能因此遗失。</translation>
    </message>
    <message>
        <source>{login} added this wallet and requested this refund. Ask the client yourself whether it is theirs.</source>
        <translation>此钱包由 {login} 新增，退币也由其申请。请自行向客户核实钱包属其所有。</translation>
    </message>
</context>
<context>
    <name>receiver_risk</name>
    <message>
        <source>Address of a contract</source>
        <translation>合约地址</translation>
    </message>
    <message>
        <source>Address of an exchange or the like</source>
        <translation>交易所等共用地址</translation>
    </message>
</context>
<context>
    <name>refund</name>
    <message>
        <source>Not yet told</source>
        <translation>尚未通知</translation>
    </message>
    <message>
        <source>To {client} on {network}</source>
        <translation>退予 {client}，网络 {network}</translation>
    </message>
</context>
<context>
    <name>refund_next</name>
    <message>
        <source>Another operator with the approval permission compares the whole content and approves.</source>
        <translation>由另一位具退币批准权限的操作员核对全部内容后批准。</translation>
    </message>
    <message>
        <source>Execute the refund; your password is asked for again. Until then it can be cancelled.</source>
        <translation>请执行退币，届时须再次输入密码；执行前仍可取消。</translation>
    </message>
    <message>
        <source>No money moved. Read the cause, then request a new refund from the deposit record.</source>
        <translation>资金未有转出。请先查看失败原因，再从入币记录重新申请退币。</translation>
    </message>
    <message>
        <source>Nothing is left to do. The client has been told.</source>
        <translation>无须再处理；已通知客户。</translation>
    </message>
    <message>
        <source>Nothing is left to do. The deposit is credited again; a new refund can be requested.</source>
        <translation>无须再处理；入币记录已回复“已到账”，可重新申请退币。</translation>
    </message>
    <message>
        <source>Read the remark of the approver. The deposit is credited again; a corrected refund can follow.</source>
        <translation>请看批准人的备注。入币记录已回复“已到账”，更正后可重新申请退币。</translation>
    </message>
    <message>
        <source>Tell the client, then record here how and when you did (Client notified).</source>
        <translation>请通知客户，再以“已通知客户”记录通知方式及时间。</translation>
    </message>
    <message>
        <source>Wait for a block. If it takes long, the sender raises the fee by itself.</source>
        <translation>等候上链；如等候过久，系统会自动提高费用。</translation>
    </message>
    <message>
        <source>Wait. It is final when the confirmations are complete.</source>
        <translation>请等候，确认数足够后即告完成。</translation>
    </message>
    <message>
        <source>Wait. The sender takes it up within seconds; it can be cancelled until it is signed.</source>
        <translation>请等候，系统会在数秒内处理；签署前仍可取消。</translation>
    </message>
    <message>
        <source>Wait. The signed transaction is being sent to the network.</source>
        <translation>请等候，已签署的交易正发送至网络。</translation>
    </message>
</context>
<context>
    <name>refund_status</name>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Awaiting approval</source>
        <translation>待批准</translation>
    </message>
    <message>
        <source>Broadcast</source>
        <translation>已广播</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>Confirming</source>
        <translation>确认中</translation>
    </message>
    <message>
        <source>Executing</source>
        <translation>执行中</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Refunded</source>
        <translation>已退币</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>已签署</translation>
    </message>
</context>
<context>
    <name>request_state</name>
    <message>
        <source>Granted</source>
        <translation>已授予</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>已拒绝</translation>
    </message>
    <message>
        <source>Waiting for a second administrator</source>
        <translation>待第二位管理员批准</translation>
    </message>
    <message>
        <source>Withdrawn</source>
        <translation>已撤回</translation>
    </message>
</context>
<context>
    <name>secret</name>
    <message>
        <source>Caps lock seems to be on</source>
        <translation>大写锁定似乎已开启</translation>
    </message>
</context>
<context>
    <name>sharing</name>
    <message>
        <source>Allowed</source>
        <translation>已允许</translation>
    </message>
    <message>
        <source>Waits for another person</source>
        <translation>待另一人决定</translation>
    </message>
</context>
<context>
    <name>step</name>
    <message>
        <source>Accept it with a remark, if it is right.</source>
        <translation>如属正确，写下备注后核实入账。</translation>
    </message>
    <message>
        <source>Add the wallet under Client Wallet Address.</source>
        <translation>在“客户钱包地址”新增该钱包。</translation>
    </message>
    <message>
        <source>Ask the client for the TXID.</source>
        <translation>向客户索取交易哈希。</translation>
    </message>
    <message>
        <source>Ask the client to compare the TXID and the network with their wallet.</source>
        <translation>请客户与钱包核对交易哈希及网络。</translation>
    </message>
    <message>
        <source>Ask the client to submit the application again, corrected.</source>
        <translation>请客户更正后重新提交申请。</translation>
    </message>
    <message>
        <source>Ask the client whose address the coins came from.</source>
        <translation>向客户查询转出地址属谁。</translation>
    </message>
    <message>
        <source>Check the record again once the cause is cleared up.</source>
        <translation>厘清原因后重新核对该记录。</translation>
    </message>
    <message>
        <source>Compare the receiving account with the client&apos;s custodial account.</source>
        <translation>核对收款账户与客户的存管账户。</translation>
    </message>
    <message>
        <source>Delete the application, if it cannot be cleared up.</source>
        <translation>如无法厘清，删除申请。</translation>
    </message>
    <message>
        <source>Have the administrator look at the network&apos;s nodes.</source>
        <translation>请管理员检查该网络的节点。</translation>
    </message>
    <message>
        <source>Look through the transfers without a request.</source>
        <translation>查看“未匹配转账”。</translation>
    </message>
    <message>
        <source>Open the other record that has this transfer.</source>
        <translation>打开已使用此转账的另一记录。</translation>
    </message>
    <message>
        <source>Open the refund.</source>
        <translation>打开退币单。</translation>
    </message>
    <message>
        <source>Revoke it, if nothing was sent.</source>
        <translation>如未有转出，撤销该记录。</translation>
    </message>
    <message>
        <source>Tell the client to ask whoever owns the receiving address; it is not ours.</source>
        <translation>告知客户收款地址并非本公司所有，须向该地址持有人查询。</translation>
    </message>
    <message>
        <source>Tell your supervisor now.</source>
        <translation>立即通知主管。</translation>
    </message>
    <message>
        <source>Verify the wallet with the client.</source>
        <translation>与客户完成钱包认证。</translation>
    </message>
    <message>
        <source>Wait for the confirmations; it is credited by itself.</source>
        <translation>等候确认数，足够后自动入账。</translation>
    </message>
    <message>
        <source>Wait: the transfer may still be on its way to a block.</source>
        <translation>请等候，转账可能尚未上链。</translation>
    </message>
</context>
<context>
    <name>value</name>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
</context>
<context>
    <name>verdict</name>
    <message>
        <source>Claimed</source>
        <translation>申报</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>On chain</source>
        <translation>链上</translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>The network&apos;s own coin</source>
        <translation>网络的原生币</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>不符</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>待确定</translation>
    </message>
    <message>
        <source>passed</source>
        <translation>相符</translation>
    </message>
</context>
<context>
    <name>wallet</name>
    <message>
        <source>Waiting for {amount} from this address, valid until {until}</source>
        <translation>等待此地址转入 {amount}，有效至 {until}</translation>
    </message>
    <message>
        <source>{login} asks to share it with client {client_no}: waits for another person</source>
        <translation>{login} 申请与客户 {client_no} 共用：待另一人决定</translation>
    </message>
    <message>
        <source>{method}, {time}</source>
        <translation>{method}，{time}</translation>
    </message>
    <message>
        <source>{method}, {time}; added by the desk, receives refunds from {until}</source>
        <translation>{method}，{time}；由操作员新增，{until} 起可收取退币</translation>
    </message>
</context>
<context>
    <name>wallet_next</name>
    <message>
        <source>Nothing is left to do. Add the address again if the client still uses it.</source>
        <translation>无须再处理；如客户仍使用此地址，可重新新增。</translation>
    </message>
    <message>
        <source>Nothing is left to do. Deposits from here are credited, and refunds can go here.</source>
        <translation>无须再处理；由此地址入币可入账，亦可退币至此地址。</translation>
    </message>
    <message>
        <source>Start a micro-payment or a message signature with the client to verify the address.</source>
        <translation>请与客户进行小额支付验证或签名验证，以认证地址。</translation>
    </message>
    <message>
        <source>Wait for the client&apos;s payment or signature. A payment is recognised by itself.</source>
        <translation>等候客户付款或签名；付款会自动识别。</translation>
    </message>
</context>
<context>
    <name>wallet_rule</name>
    <message>
        <source>Every deposit</source>
        <translation>每次入币</translation>
    </message>
    <message>
        <source>Once per address</source>
        <translation>每个地址一次</translation>
    </message>
</context>
<context>
    <name>wallet_status</name>
    <message>
        <source>Deleted</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>Unverified</source>
        <translation>未认证</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>已认证</translation>
    </message>
    <message>
        <source>Verifying</source>
        <translation>认证中</translation>
    </message>
</context>
<context>
    <name>wallet_stop</name>
    <message>
        <source>a stored transaction is not what was approved</source>
        <translation>已存储的交易与批准内容不符</translation>
    </message>
    <message>
        <source>the block that proved a refund&apos;s failure is gone</source>
        <translation>证明退币失败的区块已消失</translation>
    </message>
    <message>
        <source>the database may not know everything that was sent</source>
        <translation>数据库可能未有全部发送记录</translation>
    </message>
    <message>
        <source>the hot wallet sent something that was not signed here</source>
        <translation>热钱包发出了并非由本系统签署的交易</translation>
    </message>
    <message>
        <source>the signer&apos;s address is not this network&apos;s hot wallet</source>
        <translation>签署地址并非此网络的热钱包</translation>
    </message>
</context>
</TS>
